import { isEncrypted, sopsKey } from '../../tenantFile/encrypted';
import { ChangeRefusal } from '../ChangeRefusal';
import { scalarsOf, yamlValues } from './scalars';

/** Objects whose values are one tenant's secrets. */
const secretKinds = /^(Secret|SealedSecret)$/;

/** The same in a text that may be no YAML, such as a template. */
const secretText = /^(?:kind:\s*["']?(?:Secret|SealedSecret)["']?\s*(?:#.*)?$|sops:)/m;
/** Keys whose values are secrets, unless they only say where one is. */
const secretKeys = /(?:password|passwd|token|api[-_]?key|private[-_]?key|client[-_]?secret)$/i;
/** What other tools put a secret in the place of: `${DB_PASSWORD}`, `{{ .token }}`, `<path:kv#token>`, `ref+vault://`, `vault:`. */
const reference = /^(?:\$|\{\{|<|ref\+|vault:)|^(?:true|false|null|~)?$/;

/**
 * @param others - texts of the same file of other tenants: what they hold too is nobody's own
 * @throws ChangeRefusal when a file of a tenant must not be copied to another
 */
export function requireCopyable(
  file: string,
  text: string,
  model: string,
  others: readonly string[] = [],
): void {
  if (text.startsWith('version https://git-lfs.github.com/spec/')) {
    throw new ChangeRefusal(
      `${file}: is a pointer of Git LFS, and its content is not here: use skeletons (onboarding.files), or another model`,
    );
  }
  const isSecret =
    secretText.test(text) ||
    (yamlValues(text) ?? []).some(value => {
      if (typeof value !== 'object' || value === null) return false;
      return sopsKey in value || ('kind' in value && secretKinds.test(String(value.kind)));
    });
  const isInClear = (scalarsOf(text) ?? []).some(
    ({ path, isKey, value }) =>
      !isKey &&
      secretKeys.test(String(path.at(-1))) &&
      !reference.test(value) &&
      !others.some(other => other.includes(value)),
  );
  if (isSecret || isInClear || isEncrypted(text)) {
    throw new ChangeRefusal(
      `${file}: holds a secret of ${model}, which no other tenant may get: use skeletons (onboarding.files), or a model without`,
    );
  }
}
