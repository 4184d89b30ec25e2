import { toAwsFailure } from '../../aws/answers/aws-error.ts';
import type { ClientOptions } from '../../aws/sessions/aws-clients.ts';
import { tellBroken, tellCame } from '../../aws/answers/no-answer.ts';
import {
  isPage,
  readCame,
  type WireRequest,
  type WireResponse,
} from '../../aws/answers/others-answer.ts';

type RequestHandler = ReturnType<NonNullable<ClientOptions['network']>>;

interface Handler {
  handle(request: WireRequest, options?: unknown): Promise<{ response: WireResponse }>;
}

/** As the SDK's own, which `tellingOfFirstCall` knows. */
class NoCredentials extends Error {
  override readonly name = 'CredentialsProviderError';
  readonly tryNextLink = false;
}

/**
 * A handler for those clients that the SDK makes itself, to get credentials: where no answer comes,
 * or a page of somebody else's, it says so in words.
 */
export function tellingOfNetwork(inner: RequestHandler): RequestHandler {
  const { handle } = inner as unknown as Handler;
  const telling = {
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
    handle: async (request: WireRequest, options?: unknown) => {
      const where = { host: request.hostname };
      let answer: { response: WireResponse };
      try {
        answer = await handle.call(inner, request, options);
      } catch (error) {
        const { code, message } = toAwsFailure(error);
        const { via } = error as { via?: string };
        const words = tellBroken(where, { code, message, via });
        throw words === undefined ? error : new NoCredentials(words, { cause: error });
      }
      const { response } = answer;
      if (!isPage(response)) return answer;
      throw new NoCredentials(tellCame(where, await readCame(response)));
    },
  };
  return telling as unknown as RequestHandler;
}
