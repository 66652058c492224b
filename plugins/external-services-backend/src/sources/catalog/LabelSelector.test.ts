import { LabelSelector } from './LabelSelector';

const LABELS = { app: 'orders', tier: 'db', 'example.com/team': 'shop' };

describe('LabelSelector', () => {
  it.each([
    'app=orders',
    'app==orders,tier=db',
    ' app = orders , tier != web ',
    'app in (cart, orders),tier notin (web,cache)',
    'app=orders,example.com/team,!canary',
    'app=orders,canary!=yes,canary notin (yes)',
  ])('selects by %s', text => {
    expect(LabelSelector.parse(text)?.selects(LABELS)).toBe(true);
  });

  it.each([
    'app=cart',
    'app=orders,tier=web',
    'app=orders,tier!=db',
    'app in (cart)',
    'app=orders,tier notin (db)',
    'app=orders,canary',
    'app=orders,!tier',
    'app=orders,constructor',
  ])('does not select by %s', text => {
    expect(LabelSelector.parse(text)?.selects(LABELS)).toBe(false);
  });

  it('tells one label of which everything has one', () => {
    expect(LabelSelector.parse('tier,app in (a,b),x=y')?.anyOf).toEqual([
      'app=a',
      'app=b',
    ]);
  });

  it.each([
    ['nothing', ''],
    ['no value', 'app'],
    ['only what is not wanted', 'app!=orders,!tier'],
    ['what is no selector', 'app=orders,tier~db'],
    ['an open list', 'app in (orders'],
    ['too much', `app=orders${',app=orders'.repeat(100)}`],
  ])('is none when it says %s', (_, text) => {
    expect(LabelSelector.parse(text)).toBeUndefined();
  });
});
