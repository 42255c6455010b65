import { tenantNameProblem } from '@internal/plugin-tenant-releases-common';

/** A tenant that there is not; its name occurs in no rule and in no file. */
export const probeName = 'qz0-nobody-is-called-this-0zq';
/** Stands for the tenant's name; files that hold it are no text. */
const placeholder = '\0';
/** Names that YAML readers take for something else where they stand without quotes. */
const keywords = new Set([
  'null',
  'true',
  'false',
  'y',
  'yes',
  'n',
  'no',
  'on',
  'off',
  'nan',
  'inf',
]);

/**
 * Files of thousands of tenants differ in nothing but the tenant's name. This looks at one of each kind, with a name of its
 * own in place of the tenant's, and takes the others as proved: a rule that holds for a name that nothing knows holds for
 * each. A file that fails is looked at by itself, so that its findings are its own.
 *
 * @param check - judges a text as that of a tenant; `undefined` when it is not good
 */
export function likeOthers<T>(
  check: (tenant: string, text: string) => T | undefined,
): (tenant: string, text: string) => T | undefined {
  const proved = new Map<string, T | undefined>();
  return (tenant, text) => {
    const template = templateOf(tenant, text);
    if (template === undefined) return undefined;
    if (!proved.has(template)) {
      proved.set(template, check(probeName, template.replaceAll(placeholder, probeName)));
    }
    return proved.get(template);
  };
}

/** The text with the name taken out where it stands as a word, or begins one such as `tenant-a-fence`. */
function templateOf(tenant: string, text: string): string | undefined {
  if (tenantNameProblem(tenant) !== undefined || keywords.has(tenant)) return undefined;
  if (text.includes(placeholder) || text.includes(probeName)) return undefined;
  // As a part of another word it is left alone: "ole" must not be taken out of "Role".
  return text.replace(new RegExp(`(?<![\\w-])${tenant}(?!\\w)`, 'g'), placeholder);
}
