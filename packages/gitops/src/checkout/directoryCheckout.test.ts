import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { directoryCheckout } from './directoryCheckout';

it('reads plain files only: no links, no binaries, nothing of Git or of tools', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'checkout-'));
  try {
    for (const folder of ['a/b', '.git', 'node_modules/x'])
      mkdirSync(path.join(root, folder), { recursive: true });
    writeFileSync(path.join(root, 'a/b/values.yaml'), 'x: 1\n');
    writeFileSync(path.join(root, 'a/logo.png'), Buffer.from([0, 1]));
    writeFileSync(path.join(root, '.git/config'), '');
    writeFileSync(path.join(root, 'node_modules/x/values.yaml'), '');
    symlinkSync('/etc/hostname', path.join(root, 'a/link'));
    symlinkSync('/etc', path.join(root, 'etc'));
    const checkout = directoryCheckout(root);
    expect(checkout.files).toEqual(['a/b/values.yaml', 'a/logo.png']);
    expect([...(checkout.links ?? [])].sort()).toEqual(['a/link', 'etc']);
    expect(checkout.text('a/logo.png')).toBeUndefined();
    expect(checkout.text('a/../../x')).toBeUndefined();
    expect(checkout.list('a')).toEqual(['b', 'logo.png']);
    expect(checkout.isFolder('a/b')).toBe(true);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
