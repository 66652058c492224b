import { displayHost } from './displayHost';

describe('displayHost', () => {
  it.each([
    ['db.example.com', 'db.example.com'],
    ['xn--bcher-kva.example', 'bücher.example'],
    ['xn--mgbh0fb.xn--kgbechtv', 'مثال.إختبار'],
    ['xn--fsqu00a.xn--0zwm56d', '例子.测试'],
    ['xn--ls8h.example', '💩.example'],
    ['api.xn--strae-oqa.example', 'api.straße.example'],
  ])('shows %s as %s', (host, shown) => {
    expect(displayHost(host)).toBe(shown);
  });

  it.each(['xn--!.example', 'xn--99999999999.example', 'xn--a-.example.xn--z'])(
    'leaves %s, which is no Punycode, as it is or without its prefix only',
    host => {
      expect(() => displayHost(host)).not.toThrow();
    },
  );
});
