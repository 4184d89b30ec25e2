declare module 'asl-validator' {
  /** Checks a state machine against a JSON schema of the Amazon States Language. */
  export default function aslValidator(definition: object): {
    isValid: boolean;
    errorsText(separator: string): string;
  };
}
