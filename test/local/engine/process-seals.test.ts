import { makeProcessSeals } from '../../../local/engine/process-seals.ts';

describe('the seals of a process', () => {
  it('are those of the executions that it runs, each with a key of its own', async () => {
    const seals = makeProcessSeals();
    seals.begin('one');
    seals.begin('two');
    const one = await seals.sealOf('one');
    const mac = one?.mac('key', 'body') ?? '';
    expect(one?.verify('key', 'body', mac)).toBe(true);
    expect((await seals.sealOf('two'))?.verify('key', 'body', mac)).toBe(false);
  });

  it('stay the same through an execution', async () => {
    const seals = makeProcessSeals();
    seals.begin('one');
    const mac = (await seals.sealOf('one'))?.mac('key', 'body') ?? '';
    seals.begin('one');
    expect((await seals.sealOf('one'))?.verify('key', 'body', mac)).toBe(true);
  });

  it('are not there for what another process ran', async () => {
    const [here, there] = [makeProcessSeals(), makeProcessSeals()];
    there.begin('one');
    expect(await here.sealOf('one')).toBeNull();
  });
});
