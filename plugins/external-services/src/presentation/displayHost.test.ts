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

  it.each([
    ['xn--!.example', 'no Punycode'],
    ['xn--99999999999.example', 'no code point'],
    ['xn--a-.example.xn--z', 'not ended'],
    ['xn--google-.com', 'ASCII alone'],
    ['xn--B-0fa.example', 'upper case'],
    ['xn--ab-g1t.example', 'a hidden character'],
    ['xn--ab-c6t.example', 'what looks like a slash'],
    ['xn--ab-f4t.example', 'what turns the text around'],
  ])('leaves %s as it is: %s', host => {
    expect(displayHost(host)).toBe(host);
  });
});
