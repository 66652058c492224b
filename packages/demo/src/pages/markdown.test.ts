import { markdown } from './markdown';

const squeezed = (text: string) => markdown(text).text.replace(/\s*\n\s*/g, '');

describe('markdown', () => {
  it.each([
    ['one\ntwo\n\nthree', '<p>onetwo</p><p>three</p>'],
    ['# Title\ntext', '<h3>Title</h3><p>text</p>'],
    ['- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    [
      'use `a<b>` **now**',
      '<p>use <code>a&lt;b&gt;</code> <strong>now</strong></p>',
    ],
    [
      '[card](http://localhost:7007/x)',
      '<p><a href="http://localhost:7007/x" rel="noreferrer">card</a></p>',
    ],
    [
      '```yaml\na: 1\n```',
      '<pre class="code" tabindex="0"><code>a: 1</code></pre>',
    ],
  ])('shows %j', (text, expected) => {
    expect(squeezed(text)).toBe(expected);
  });

  it.each([
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '[x](http://a"onclick="alert(1))',
    '`<img src=x onerror=alert(1)>`',
  ])('lets no script through in %j', text => {
    const { text: shown } = markdown(text);
    expect(shown).not.toMatch(/<script|<img|href="javascript|"onclick/);
  });

  it('keeps empty lines and indentation in code', () => {
    expect(markdown('```\na:\n\n  b: 1\n```').text).toContain('a:\n\n  b: 1');
  });
});
