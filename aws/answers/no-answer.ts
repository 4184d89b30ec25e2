import type { Came } from './others-answer.ts';

/** Where a request went. */
export interface Where {
  /** With its port, where that isn't the usual one. */
  readonly host: string;
  /** From a deployed function: it reads no HTTPS_PROXY and no AWS_CA_BUNDLE. */
  readonly inFunction?: boolean;
}

/** What Node and the SDK say where no answer came. */
export interface Broken {
  readonly code: string;
  readonly message: string;
  /** The proxy that it went through. */
  readonly via?: string | undefined;
}

interface Trouble {
  readonly codes: RegExp;
  /** What is so, after the name of the host. */
  readonly says: string;
  readonly remedy: string;
  /** It happened on the way to the proxy, where there is one. */
  readonly ofProxy?: boolean;
}

const THROUGH_A_PROXY = 'Where AWS is reached through a proxy, name it in HTTPS_PROXY.';

const OF_THE_CALLER = /HTTPS_PROXY|AWS_CA_BUNDLE/;
const OF_THE_FUNCTION =
  'Check the network of the function: its VPC, if it has one, and its endpoints.';

const TROUBLES: readonly Trouble[] = [
  {
    codes: /^(ENOTFOUND|ENODATA|EAI_\w+)$/,
    says: 'has no address in DNS',
    remedy: `Check the Region, the endpoint and DNS. ${THROUGH_A_PROXY}`,
    ofProxy: true,
  },
  {
    codes: /^ECONNREFUSED$/,
    says: 'refused the connection',
    remedy: `Check that something listens there. ${THROUGH_A_PROXY}`,
    ofProxy: true,
  },
  {
    codes: /^(EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/,
    says: 'cannot be reached from here',
    remedy: `Check the network. ${THROUGH_A_PROXY}`,
    ofProxy: true,
  },
  {
    codes: /^(TimeoutError|ETIMEDOUT|ESOCKETTIMEDOUT)$/,
    says: 'did not answer in time',
    remedy: `Check that a firewall lets it through. ${THROUGH_A_PROXY}`,
  },
  {
    codes: /^(ECONNRESET|ECONNABORTED|EPIPE|ERR_STREAM_PREMATURE_CLOSE)$/,
    says: 'ended the connection without an answer',
    remedy: `A firewall or a proxy on the way may have done it. ${THROUGH_A_PROXY}`,
  },
  {
    codes:
      /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|CERT_CHAIN_TOO_LONG|INVALID_CA)$/,
    says: 'shows a certificate that is not trusted here',
    remedy: 'Where a proxy opens TLS, name the PEM file of its CA in AWS_CA_BUNDLE.',
  },
  {
    codes: /^CERT_HAS_EXPIRED$/,
    says: 'shows a certificate that has expired',
    remedy: 'Check the clock of this machine; if it is right, the certificate has to be renewed.',
  },
  {
    codes: /^CERT_NOT_YET_VALID$/,
    says: 'shows a certificate that is not valid yet',
    remedy: 'Check the clock of this machine.',
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    says: 'shows a certificate of another host',
    remedy:
      'Check the endpoint and DNS. A login page of the network, or a proxy, may answer in its place.',
  },
  {
    codes: /^(CERT_\w+|\w*_CERT_\w*)$/,
    says: 'shows a certificate that is no good',
    remedy: 'Check the endpoint, and AWS_CA_BUNDLE where a proxy opens TLS.',
  },
  {
    codes: /^(EPROTO|ERR_SSL_\w+|ERR_TLS_\w+)$/,
    says: 'does not speak TLS as expected',
    remedy: 'Check the endpoint: "https://" may stand where "http://" is meant, or a wrong port.',
  },
  {
    codes: /^HPE_\w+$/,
    says: 'answered something that is not HTTP',
    remedy: 'Check the endpoint: "http://" may stand where "https://" is meant, or a wrong port.',
  },
];

const ANOTHER_ANSWERS = "Something else answers in AWS's place";

/** In words: who was asked, that no answer came, and what to do. undefined: Node says nothing known. */
export function tellBroken(
  { host, inFunction = false }: Where,
  broken: Broken,
): string | undefined {
  const { code, message, via } = broken;
  const trouble = TROUBLES.find(({ codes }) => codes.test(code));
  if (trouble === undefined) return undefined;
  const { says, remedy, ofProxy = false } = trouble;
  const milliseconds = /(\d+) ms/.exec(message)?.[1];
  const waited = milliseconds === undefined ? '' : `, ${Number(milliseconds) / 1000} s`;
  const isOfProxy = ofProxy && via !== undefined;
  const who = isOfProxy ? `the proxy ${via}` : placeOf(host, via);
  const there = isOfProxy ? 'Check HTTPS_PROXY and NO_PROXY.' : remedy;
  const how = inFunction && OF_THE_CALLER.test(there) ? OF_THE_FUNCTION : there;
  return `${who} ${says} (${code}${waited}). ${how}`;
}

/** In words: who answered what in AWS's place, and what to do. */
export function tellCame({ host, inFunction = false }: Where, came: Came): string {
  const { status, contentType, words, redirectsTo, via } = came;
  const type = contentType === '' ? '' : `, ${contentType}`;
  const to = redirectsTo === undefined ? '' : ` and redirects to ${redirectsTo}`;
  const said = words === '' ? ' and nothing in it' : `: "${words}"`;
  const who = placeOf(host, via);
  return `${who} answered with status ${status}${type}${to}${said}. ${remedyFor(status, inFunction)}`;
}

function remedyFor(status: number, inFunction: boolean): string {
  if (status === 407 && !inFunction)
    return 'The proxy asks for credentials: HTTPS_PROXY takes them as http://USER:PASSWORD@HOST:PORT.';
  if (status < 300)
    return `${ANOTHER_ANSWERS}: log in to the network, or check the proxy and the endpoint.`;
  if (status < 400) return `${ANOTHER_ANSWERS}: check the endpoint, or log in to the network.`;
  if (status === 429) return `${ANOTHER_ANSWERS}: it is asked too often. Try again later.`;
  if (status < 500)
    return `${ANOTHER_ANSWERS}: check that the proxy lets this host through, and the endpoint.`;
  return `${ANOTHER_ANSWERS}: try again; if it stays so, check the proxy and the endpoint.`;
}

function placeOf(host: string, via: string | undefined): string {
  return via === undefined ? host : `${host} (through the proxy ${via})`;
}
