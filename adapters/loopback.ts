/**
 * Whether a host name can only be this machine: 127.0.0.0/8, ::1 or `localhost`. Nothing is
 * resolved; a name that merely resolves to a loopback address today isn't taken for one.
 */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (host === 'localhost' || host === '::1') return true;
  const octets = /^127\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1);
  return octets !== undefined && octets.every((octet) => Number(octet) <= 255);
}
