import { DEPLOYED, type DeployedFunction, kebabName } from '../../functions/deployed.ts';
import { contracts } from '../../statemachine/contracts.ts';
import { loadDefinition, tasksOf } from '../../statemachine/definition.ts';

const functions = Object.entries<DeployedFunction>(DEPLOYED);

it('holds every function that the state machine calls, under its placeholder', () => {
  const placeholders = functions.flatMap(([, { placeholder }]) => placeholder ?? []);
  expect(placeholders).toEqual(expect.arrayContaining(Object.keys(contracts)));
  expect(new Set(placeholders).size).toBe(placeholders.length);
});

describe.each(functions)('%s', (name, deployed) => {
  it('takes no longer than Lambda and every state that calls it allow', () => {
    expect(deployed.timeoutSeconds).toBeGreaterThan(0);
    expect(deployed.timeoutSeconds).toBeLessThanOrEqual(900);
    const waits = tasksOf(loadDefinition())
      .filter(({ state }) => state.Resource === `\${${deployed.placeholder}}`)
      .map(({ state }) => state.TimeoutSeconds);
    for (const seconds of waits) expect(seconds - deployed.timeoutSeconds).toBe(20);
  });

  it('has an entry by its name', () => {
    expect(deployed.entry).toBe(`functions/lambda/${kebabName(name as never)}.ts`);
  });

  it('knows the names of the roles it assumes, and of no other', () => {
    const roles = Object.keys(deployed.env.shape).filter((key) => key.endsWith('_ROLE_NAME'));
    const names = { discover: 'DISCOVERY_ROLE_NAME', remove: 'DELETION_ROLE_NAME', restore: '' };
    expect(roles).toEqual(deployed.assumes.map((purpose) => names[purpose]));
  });

  it('has memory that a new account may give it', () => {
    expect(deployed.memoryMiB).toBeGreaterThanOrEqual(128);
    expect(deployed.memoryMiB).toBeLessThanOrEqual(3008);
  });
});
