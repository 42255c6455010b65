import { type TreeEntry, type TreeSource, refusal } from './treeSource';

/** A tree of texts by path, for what is not on disk: a proposal that a person makes in the portal, a test. */
export function memoryTree(files: Readonly<Record<string, string>>): TreeSource {
  return {
    async list(folder) {
      const entries = new Map<string, TreeEntry>();
      const start = folder === '' ? '' : `${folder}/`;
      for (const path of Object.keys(files)) {
        if (!path.startsWith(start)) continue;
        const [name, ...rest] = path.slice(start.length).split('/');
        entries.set(name, { name, kind: rest.length > 0 ? 'folder' : 'file' });
      }
      if (entries.size === 0) return undefined;
      return [...entries.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    async read(path, limit) {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      if (text === undefined) return undefined;
      const content = new TextEncoder().encode(text);
      if (content.length > limit) throw refusal.tooLarge(limit);
      return content;
    },
  };
}
