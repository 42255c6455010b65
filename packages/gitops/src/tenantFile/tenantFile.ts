import { isEncrypted, withoutCiphertext } from './encrypted';
import { encryptedProblems, versionProblems, wordsOf } from './tenantFileProblems';
import { tenantFileSchema, type TenantFile } from './tenantFileSchema';
import { shorten } from '../text/shorten';
import { readYaml, type YamlDocument } from '../yaml/readYaml';
import { formatKey, formatProblem, type PlacedProblem } from '../yaml/yamlProblem';

export { tenantTiers, type TenantFile } from './tenantFileSchema';

/** Tenant files are a screenful; more is a mistake or an attack. Bytes; `tenantReleases.gitops.maxFileBytes` is another number. */
export const maxTenantFileBytes = 64 * 1024;

/** What is wrong with the values of a tenant file, with the keys that lead to it. */
export type TenantValueProblem = Pick<PlacedProblem, 'rule' | 'problem' | 'cure'> & {
  path: PropertyKey[];
};

/** Judges values that have been read already, by the portal's own rules. */
export function checkTenantValues(
  value: unknown,
): { file: TenantFile } | { problems: TenantValueProblem[] } {
  const encrypted = encryptedProblems(value);
  if (encrypted.length > 0) return { problems: encrypted };
  const parsed = tenantFileSchema.safeParse(withoutCiphertext(value));
  if (parsed.success) return { file: parsed.data };
  return { problems: parsed.error.issues.flatMap(issue => wordsOf(issue, value)) };
}

/** What came of reading a tenant file: the file, or what is wrong with it. */
export interface TenantFileReading {
  /** Absent when there is a problem. */
  file?: TenantFile;
  /** `tenant.name`, where it is another than the path says. */
  said?: string;
  problems: PlacedProblem[];
}

/** How a tenant file is read. */
export interface TenantFileOptions {
  /** Most bytes; {@link maxTenantFileBytes} by default. */
  maxBytes?: number;
  /** What a schema says of the values, for example the chart's; of keys that the portal knows, its own words come first. */
  schema?(document: YamlDocument): PlacedProblem[];
}

/**
 * Reads a tenant file (`gitops/tenants/<tenant>-values.yaml`) as Helm does. The portal and the CLI read all tenant files by
 * this function, so that both say the same.
 *
 * @param text - YAML
 * @param expectedName - the name that the file's path says
 */
export function readTenantFile(
  text: string,
  expectedName: string,
  { maxBytes = maxTenantFileBytes, schema }: TenantFileOptions = {},
): TenantFileReading {
  if (new TextEncoder().encode(text).length > maxBytes) {
    return { problems: [ofFile({ rule: 'too-large', ...tooLarge(maxBytes) })] };
  }
  const { documents, problems } = readYaml(text, { single: true });
  const [document] = documents;
  if (problems.length > 0 && !document) return { problems };
  if (!isBlock(document?.value)) {
    const cure = 'write the blocks tenant: and image:';
    return { problems: [ofFile({ rule: 'schema', problem: 'holds no keys', cure })] };
  }
  const { value } = document;
  const found = [...versionProblems(document)];
  const add = (more: readonly PlacedProblem[]) => {
    const known = found.map(({ key }) => key);
    found.push(...more.filter(({ key }) => !known.some(other => isWithin(key, other))));
  };
  add(problems);
  const judged = checkTenantValues(value);
  const own = 'problems' in judged ? judged.problems : [];
  // Of a key that is too many a schema knows more: which keys there are.
  add(own.filter(({ rule }) => rule !== 'unknown-key').map(one => placed(one, document)));
  // Of a file that nobody can read it knows nothing.
  if (own.every(({ path }) => path.length > 0)) add(schema?.(document) ?? []);
  add(own.map(one => placed(one, document)));
  const said = (value.tenant as { name?: unknown } | undefined)?.name;
  const isOther = typeof said === 'string' && said !== expectedName && !isEncrypted(said);
  if (isOther) add([misnamed(document, said, expectedName)]);
  const { length } = found;
  return {
    ...('file' in judged && length === 0 ? { file: judged.file } : {}),
    ...(isOther ? { said } : {}),
    problems: found,
  };
}

/** Whether one key is the other, or one holds the other. */
function isWithin(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

function isBlock(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The words for a file of too many bytes. */
export function tooLarge(maxBytes: number): { problem: string; cure: string } {
  return {
    problem: `is larger than ${maxBytes / 1024} KiB`,
    cure: 'remove what does not belong here, or raise tenantReleases.gitops.maxFileBytes',
  };
}

function ofFile(words: Pick<PlacedProblem, 'rule' | 'problem' | 'cure'>): PlacedProblem {
  return { line: 1, column: 1, key: 'file', ...words };
}

function placed(
  { path, rule, problem, cure }: TenantValueProblem,
  document: YamlDocument,
): PlacedProblem {
  return { ...document.at(path), key: formatKey(path), rule, problem, cure };
}

function misnamed(document: YamlDocument, said: string, expected: string): PlacedProblem {
  const [one, other] = [said, expected].map(name => JSON.stringify(shorten(name, 60)));
  return {
    rule: 'name-mismatch',
    ...document.at(['tenant', 'name']),
    key: 'tenant.name',
    problem: `is ${one}, but the file's name says ${other}`,
    cure: 'rename the file, or change tenant.name: both are the namespace and the Application',
  };
}

/** A tenant file that could be read, or why it could not. */
export type TenantFileResult = { ok: true; file: TenantFile } | { ok: false; problems: string[] };

/** Sentences of one file that help; more tell nothing new. */
const maxProblems = 20;

/**
 * {@link readTenantFile} for who shows or logs the problems.
 *
 * @returns the parsed file, or one sentence a problem, each naming line, key and cure
 */
export function parseTenantFile(
  text: string,
  expectedName: string,
  options: TenantFileOptions = {},
): TenantFileResult {
  const { file, problems } = readTenantFile(text, expectedName, options);
  if (file) return { ok: true, file };
  return { ok: false, problems: problems.slice(0, maxProblems).map(formatProblem) };
}
