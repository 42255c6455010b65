/** A version as a file holds it. */
export interface Version {
  /** The image tag where there is one, else the digest, else the chart's version. */
  version: string;
  /** The digest beside a tag. */
  digest?: string;
}

/** How a kind of locator reads the version of a text, and writes another in its place. */
export interface VersionForm {
  /** Undefined for a text that holds no version. */
  read(text: string): Version | undefined;
  /** @throws EditError when the version cannot stand there */
  write(text: string, version: Version): string;
}

/** `1.2.3` or `1.2.3@sha256:...`, as a person names a version. */
export function parseVersion(text: string): Version {
  const at = text.indexOf('@');
  return at < 0 ? { version: text } : { version: text.slice(0, at), digest: text.slice(at + 1) };
}
