/**
 * Whether two addresses name one repository: scheme, user, port of SSH, a trailing `.git` or `/` and the case of the host
 * aside.
 */
export function sameRepository(one: string, other: string): boolean {
  return plainAddress(one) === plainAddress(other);
}

/** An address without what does not tell repositories apart: `github.com/acme/platform`. */
export function plainAddress(address: string): string {
  const text = address.trim();
  const scp = /^(?:[\w.-]+@)([\w.-]+):(?!\/\/)(.+)$/.exec(text);
  const web = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:]+)(:\d+)?\/(.+)$/i.exec(text);
  const isSsh = /^(ssh|git\+ssh):/i.test(text);
  if (!scp && !web) return `/${plainRepository(text)}`;
  const host = scp ? scp[1] : `${web?.[1]}${isSsh ? '' : web?.[2] ?? ''}`;
  const path = scp?.[2] ?? web?.[3] ?? '';
  const plainHost = host.toLowerCase().replace(/^ssh\.(?=github\.com$)/, '');
  return `${plainHost}/${plainRepository(path)}`;
}

function plainRepository(path: string): string {
  return path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .replace(/^\/+/, '');
}

/** Whether an address is one of another machine, so that it can tell repositories apart. */
export function isRemoteAddress(address: string): boolean {
  return /^(https?|ssh|git|git\+ssh):\/\//i.test(address) || /^[\w.-]+@[\w.-]+:/.test(address);
}
