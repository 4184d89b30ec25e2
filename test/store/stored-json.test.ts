import { z } from 'zod';
import { parseStored, readJson, Unreadable } from '../../store/stored-json.ts';
import { makeMemoryStore } from '../support/stores/memory-store.ts';

const Shape = z.strictObject({ schemaVersion: z.literal(1), at: z.array(z.iso.datetime()) });

describe('a stored file that can not be read', () => {
  it.each([
    ['', 'it is empty'],
    ['\n', 'it is empty'],
    ['{"schemaVersion":1,"at":["2026-11', 'it is not JSON, or it was cut short'],
    ['<html></html>', 'it is not JSON, or it was cut short'],
    ['{"schemaVersion":2,"at":[]}', 'it is not of this version (schemaVersion: '],
    ['{"schemaVersion":1,"at":["soon"]}', 'it is not of this version (at[0]: '],
    ['null', 'it is not of this version (the whole: '],
  ])('%j is named, with what is wrong and what to do', (body, why) => {
    const parse = () => parseStored(Shape, body, '/out/executions/e1/plan.json');
    expect(parse).toThrow(Unreadable);
    expect(parse).toThrow(`/out/executions/e1/plan.json can't be read: ${why}`);
    expect(parse).toThrow('Put back an earlier version of it');
  });

  it('is named by where a person finds it', async () => {
    const store = makeMemoryStore();
    await store.put('a.json', '');
    await expect(readJson(store, 'a.json', Shape)).rejects.toThrow(store.locationOf('a.json'));
  });
});
