import { describe, expect, it } from '@jest/globals';
import { html } from './html.js';

describe('html', () => {
  it('takes what is put in as text, in elements and in quoted attributes', () => {
    const hostile = `</td><script>alert("1")</script>' onload='x'&amp;`;

    const { text } = html`<td title="${hostile}" lang="${hostile}">${hostile}</td>`;

    expect(text.match(/<\w+/g)).toEqual(['<td']);
    expect(text).not.toMatch(/"1"|' onload/);
    expect(text).toContain('&amp;amp;');
  });

  it('takes markup of its own as it is, in lists too, and nothing for nothing', () => {
    const items = ['<a>', 'b'].map((name) => html`<li>${name}</li>`);

    expect(html`<p>${[items, null, undefined, false, 0]}</p>`.text).toBe('<p><li>&lt;a&gt;</li><li>b</li>0</p>');
  });
});
