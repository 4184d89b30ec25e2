import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * What the SDK's clients take for their credentials in a function, in place of the SDK's own chain:
 * Lambda puts them into the environment, where that chain looks first. Whatever else it would look
 * for, single sign-on, files, other machines, isn't in a function, and was a twelfth of one.
 */
export const defaultProvider: typeof fromEnv = (init) => fromEnv(init);
