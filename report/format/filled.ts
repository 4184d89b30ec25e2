/** A kind's command with what it is about: `{id}` becomes the value of `id`. */
export function filled(command: string, values: Readonly<Record<string, string>>): string {
  return command.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}
