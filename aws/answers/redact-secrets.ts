/** `user:password@` in front of a host, also where somebody forgot to escape it. */
const USER_INFO = /(^|[\s"'=])([a-z][a-z0-9+.-]*:\/\/)?[^\s"'/@]+(:[^\s"']*)?@(?=[\w.[-])/gi;
/** Keys, tokens and signatures are long and have no blanks; the words of people aren't. */
const LONG = /[\w+/=%-]{24,}/g;

/** Leaves out of what is shown to people all that could be a password, a key or a token. */
export function redactSecrets(text: string): string {
  return text.replace(USER_INFO, '$1$2***@').replace(LONG, '***');
}
