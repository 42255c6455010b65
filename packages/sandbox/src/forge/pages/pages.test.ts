import { authorOf, startTestForge, type TestForge } from '../__testUtils__/testForge';

const nasty = `<img src=x onerror="alert('1')"> & "quoted"`;

/** Markup without the white space round tags, which says nothing. */
const tight = (markup: string) => markup.replace(/\s*(<[^>]*>)\s*/g, '$1');

describe('the pages', () => {
  let forge: TestForge;
  beforeAll(async () => {
    forge = await startTestForge({
      seed: async seeded => {
        const author = authorOf('otto');
        const change = { repository: 'demo-api', author };
        await seeded.commitFiles({
          ...change,
          branch: 'main',
          message: 'Begin',
          files: { 'README.md': '# demo\n', 'conflict.txt': 'a\n' },
        });
        for (const name of ['one', 'two', 'feature/three']) {
          await seeded.commitFiles({
            ...change,
            branch: name,
            message: `${nasty} ${name}`,
            files: { 'conflict.txt': `${name}\n`, [`src/<b>${name.length}.txt`]: `${nasty}\n` },
            executable: [`src/<b>${name.length}.txt`],
          });
          await seeded.openPullRequest({
            repository: 'demo-api',
            title: `${nasty} ${name}`,
            body: `Body ${nasty}\n\n- [x](javascript:alert(1))`,
            head: name,
            author: 'otto',
          });
        }
      },
    });
  });
  afterAll(() => forge.close());

  const get = async (path: string) => {
    const answer = await fetch(`${forge.url}${path}`, { redirect: 'manual' });
    return { status: answer.status, headers: answer.headers, text: tight(await answer.text()) };
  };
  const post = (path: string, headers: Record<string, string>, body = '') =>
    fetch(`${forge.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body,
    });
  const sameSite = () => ({ Origin: forge.url, 'Sec-Fetch-Site': 'same-origin' });

  it.each([
    '/',
    '/acme',
    '/acme/demo-api',
    '/acme/demo-api/tree/feature/three/src',
    '/acme/demo-api/tree/main',
    '/acme/demo-api/blob/one/conflict.txt',
    '/acme/demo-api/blob/one/src/%3Cb%3E3.txt',
    '/acme/demo-api/commits/feature/three',
    '/acme/demo-api/commits/main?path=README.md',
    '/acme/demo-api/commit/one',
    '/acme/demo-api/compare/main...one',
    '/acme/demo-api/pulls',
    '/acme/demo-api/pulls?state=closed',
    '/acme/demo-api/pull/1',
    '/acme/demo-api/nothing-here',
    '/acme/demo-api/blob/main/%3Cscript%3E',
  ])('%s is whole, says what it is, and lets no markup through', async path => {
    const { text, headers } = await get(path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(text).toContain('Embedded stand-in for GitHub');
    expect(text).toMatch(/<\/html>\s*$/);
    expect(text).not.toMatch(/<img|<script|<b>\d|href="javascript/i);
    expect(text).not.toMatch(/>undefined|\[object/);
  });

  it('shows a pull request with its diff, and where things are', async () => {
    const { text } = await get('/acme/demo-api/pull/1');
    expect(text).toContain(
      '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; &quot;quoted&quot; one',
    );
    expect(text).toContain(
      '<tr class="remove"><td class="line">1</td><td class="line"></td><td>-a</td></tr>',
    );
    expect(text).toContain(
      '<tr class="add"><td class="line"></td><td class="line">1</td><td>+one</td></tr>',
    );
    expect(text).toContain('signed in as ada (platform)');
    const folder = await get('/acme/demo-api/tree/feature/three');
    expect(folder.text).toContain('href="/acme/demo-api/blob/feature/three/conflict.txt"');
  });

  it('sends files raw without ever being a page', async () => {
    const { text, headers } = await get('/acme/demo-api/raw/one/src/%3Cb%3E3.txt');
    expect(text.trim()).toBe(nasty.replace('> &', '>&'));
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    '/acme/demo-api/blob/main/../../../../etc/passwd',
    '/acme/demo-api/blob/main/..%2F..%2F..%2Fetc%2Fpasswd',
    '/acme/demo-api/raw/main/%2e%2e/%2e%2e/config',
    '/acme/demo-api/raw/../config',
    '/acme/..%2F..%2Fetc/tree/main',
    '/acme/demo-api/tree/--output=x',
    '/acme/demo-api/blob/main/.git/config',
    '/acme/demo-api/raw/main/a%00b',
    '/acme/demo-api/commit/--all',
    '/acme/demo-api/commits/HEAD@%7B1%7D',
    '/acme/demo-api/compare/main...$(id)',
    '/acme/demo-api/pull/1e3',
    '/acme/demo-api/pull/99',
    '/other/demo-api',
  ])('%s is not there', async path => {
    expect((await get(path)).status).toBe(404);
  });

  it('says that a broken address is broken', async () => {
    expect((await get('/acme/demo-api/blob/main/%E0%A4%A')).status).toBe(400);
  });

  it('acts only for its own pages', async () => {
    const path = '/acme/demo-api/pull/2/merge';
    const refused: Array<Record<string, string>> = [
      {},
      { Origin: 'http://evil.example' },
      { Origin: 'null' },
      { Origin: forge.url, 'Sec-Fetch-Site': 'cross-site' },
      { Origin: forge.url, 'Sec-Fetch-Site': 'same-site' },
    ];
    for (const headers of refused) {
      expect((await post(path, headers)).status).toBe(403);
    }
    const { text } = await get('/acme/demo-api/pull/2');
    expect(text).toContain('⊙ Open');
  });

  it('merges as ada, refuses the conflict that follows, and closes', async () => {
    const done = await post('/acme/demo-api/pull/1/merge', sameSite());
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe('/acme/demo-api/pull/1');
    expect((await get('/acme/demo-api/pull/1')).text).toContain('ada merged this');
    const history = await get('/acme/demo-api/commits/main');
    expect(history.text).toContain('Merge pull request #1 from acme/one');

    const conflict = await post('/acme/demo-api/pull/2/merge', sameSite());
    expect(conflict.status).toBe(405);
    expect(await conflict.text()).toContain('Pull Request is not mergeable');
    expect((await get('/acme/demo-api/pull/2')).text).toContain('conflicts with main');

    const stale = await post('/acme/demo-api/pull/3/merge', sameSite(), `sha=${'0'.repeat(40)}`);
    expect(stale.status).toBe(409);
    expect((await post('/acme/demo-api/pull/3/close', sameSite())).status).toBe(303);
    expect((await get('/acme/demo-api/pull/3')).text).toContain('✕ Closed');
    expect((await post('/acme/demo-api/pull/3/reopen', sameSite())).status).toBe(303);
    expect((await get('/acme/demo-api/pull/3')).text).toContain('⊙ Open');
  });
});
