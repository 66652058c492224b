import { freePort } from './freePort';

describe('freePort', () => {
  it('never gives a port twice', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, freePort));
    expect(new Set(ports).size).toBe(50);
  });
});
