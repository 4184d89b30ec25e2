import { isLoopback } from '../../adapters/loopback.ts';

describe('only this machine is loopback', () => {
  it.each(['127.0.0.1', '127.255.0.9', 'localhost', 'LOCALHOST', '::1', '[::1]'])('%s', (host) =>
    expect(isLoopback(host)).toBe(true),
  );

  it.each([
    'ec2.us-east-1.amazonaws.com',
    '127.0.0.1.example.com',
    '128.0.0.1',
    '10.127.0.1',
    '127.0.0.256',
    '127.1',
    'localhost.example.com',
    'notlocalhost',
    '0.0.0.0',
    '::2',
    '',
  ])('not %s', (host) => expect(isLoopback(host)).toBe(false));
});
