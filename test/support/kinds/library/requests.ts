import type { Answer } from '../../../../kinds/removal.ts';

/** What orgsweep asks of one library. */
export interface Request {
  /** The session that it is sent through. */
  readonly clients: unknown;
  readonly accountId: string;
  readonly name: string;
  /** Of what it is to change. */
  readonly ids: readonly string[];
}

export type Answered = Answer;

/** LOST: carried out, and nobody hears of it. BUSY: neither. */
export type Fate = 'DONE' | 'LOST' | 'BUSY' | 'REFUSED';

/** Who stands beside each request: it may judge, meddle, or let it fail. */
export interface Watch {
  /** @throws what the whole request is answered with, and nothing of it is carried out */
  before(request: Request): Promise<void>;
  /** @throws what its answer is lost by */
  after(request: Request): Promise<void>;
  saw(request: Request, seen: unknown): void;
  asked(request: Request, id: string): Fate;
  done(request: Request, id: string, answer: Answered): void;
}

export const UNWATCHED: Watch = {
  before: async () => undefined,
  after: async () => undefined,
  saw: () => undefined,
  asked: () => 'DONE',
  done: () => undefined,
};

/** As the SDK throws what AWS answers. */
export function failureOf(code: string, status = 400): Error {
  return Object.assign(new Error(code), { name: code, $metadata: { httpStatusCode: status } });
}
