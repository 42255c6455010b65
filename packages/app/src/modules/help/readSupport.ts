import type { ConfigApi } from '@backstage/frontend-plugin-api';

/** Somebody to ask, from `app.support.items`. */
export interface SupportItem {
  title: string;
  links: ReadonlyArray<{ url: string; title: string }>;
}

/** Addresses that a browser opens without harm; nothing else becomes a link. */
const openable = /^(?:https?:\/\/|mailto:|tel:|\/(?!\/))/i;

/** Who is to be asked, by the configuration; nobody where it does not say. */
export function readSupport(config: ConfigApi): SupportItem[] {
  const items = config.getOptionalConfigArray('app.support.items') ?? [];
  return items.map(item => ({
    title: item.getString('title'),
    links: (item.getOptionalConfigArray('links') ?? [])
      .map(link => {
        const url = link.getString('url');
        return { url, title: link.getOptionalString('title') ?? url };
      })
      .filter(({ url }) => openable.test(url)),
  }));
}
