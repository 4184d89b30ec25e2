const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
/** `assumed-role/Admin/ada`, `user/ada`: who ran it is nobody's business. */
const PRINCIPAL = /\b(assumed-role|federated-user|user)\/[\w+=,.@/-]+/g;
/** EC2's denials carry all of the request, encoded. */
const ENCODED = /(Encoded authorization failure message: )\S+/g;

/** AWS's words without account ids and names of people, so that they can be shown to others. */
export function anonymous(text: string): string {
  return text.replace(ACCOUNT, '000000000000').replace(PRINCIPAL, '$1/…').replace(ENCODED, '$1…');
}
