import type { JsonArray } from '@backstage/types';
import { mockApis } from '@backstage/frontend-test-utils';
import { readSupport } from './readSupport';

const support = (items: JsonArray) =>
  readSupport(mockApis.config({ data: { app: { support: { url: '/help', items } } } }));

describe('readSupport', () => {
  it('reads who is to be asked, and how', () => {
    const links = [{ url: 'mailto:platform@example.com', title: 'Write to us' }];
    expect(support([{ title: 'Platform team', icon: 'group', links }])).toEqual([
      { title: 'Platform team', links },
    ]);
  });

  it('is empty where the configuration says nothing', () => {
    expect(readSupport(mockApis.config())).toEqual([]);
    expect(support([])).toEqual([]);
    expect(support([{ title: 'Somebody' }])).toEqual([{ title: 'Somebody', links: [] }]);
  });

  it.each([`java${'script'}:alert(1)`, '//elsewhere.example', 'data:text/html,x', ''])(
    'makes no link of %j',
    url => {
      const [item] = support([{ title: 'Platform team', links: [{ url: url || ' ' }] }]);
      expect(item.links).toEqual([]);
    },
  );

  it('calls a link without a title by its address', () => {
    const [item] = support([{ title: 'Us', links: [{ url: 'https://chat.example.com' }] }]);
    expect(item.links).toEqual([
      { url: 'https://chat.example.com', title: 'https://chat.example.com' },
    ]);
  });

  it('names the key that is missing', () => {
    expect(() => support([{ links: [] }])).toThrow(/app\.support\.items\[0\]\.title/);
  });
});
