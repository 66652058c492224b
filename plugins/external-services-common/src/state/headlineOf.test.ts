import type { StateCode } from './StateCode';
import { headlineOf } from './headlineOf';

const line = (state: StateCode, name = 'dev', production = false) => ({
  state,
  reasons: [],
  environment: { name, title: name, production },
});

describe('headlineOf', () => {
  it.each<[string, ReturnType<typeof line>[], string | undefined]>([
    ['the worst', [line('in-sync'), line('drifted')], 'drifted'],
    ['what is known', [line('unknown'), line('in-sync')], 'in-sync'],
    ['the unknown when all is', [line('unknown'), line('unknown')], 'unknown'],
    ['nothing of nothing', [], undefined],
  ])('is %s', (_, lines, state) => {
    expect(headlineOf(lines)?.state).toBe(state);
  });

  it('is that of production among equals', () => {
    const lines = [line('in-sync'), line('in-sync', 'prod', true)];
    expect(headlineOf(lines)?.environment.name).toBe('prod');
  });
});
