interface Cookie {
  name: string;
  value: string;
  /** `localhost:7007`; a browser shares cookies between ports, which nothing here relies on. */
  host: string;
  path: string;
}

/** The part of a browser's cookie store (RFC 6265) that a sign-in over HTTP needs. */
export class CookieJar {
  #cookies: Cookie[] = [];

  /** Takes the cookies that an answer sets. */
  take(url: URL, headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair, ...attributes] = line.split(';').map(part => part.trim());
      const at = pair.indexOf('=');
      const attribute = (wanted: string) =>
        attributes
          .map(text => text.split('='))
          .find(([name]) => name.toLowerCase() === wanted)?.[1];
      const cookie = {
        name: pair.slice(0, at),
        value: pair.slice(at + 1),
        host: url.host,
        path: attribute('path') ?? '/',
      };
      this.#cookies = this.#cookies.filter(
        ({ name, host, path }) =>
          name !== cookie.name || host !== cookie.host || path !== cookie.path,
      );
      const expires = attribute('expires');
      const gone = attribute('max-age') === '0' || (expires && Date.parse(expires) <= Date.now());
      if (!gone) this.#cookies.push(cookie);
    }
  }

  /** The Cookie header for a request. */
  header(url: URL): string {
    return this.#cookies
      .filter(({ host, path }) => host === url.host && isUnder(url.pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }
}

function isUnder(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}
