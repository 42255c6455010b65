import { Document, Scalar, visit } from 'yaml';
import { ownerGroupEntity, type OwnerGroup } from '@internal/gitops';
import type { TenantInput } from '../input/tenantInput';

/** Words, mail addresses, entity refs and image names: text that every YAML reader takes as it stands. */
const plainText = /^[A-Za-z][\w./@+-]*(:[\w./@+-]+)*( [A-Za-z][\w./@+-]*)*$/;

/** Words that YAML 1.1 readers (Helm's among them) take, or may take, for something else than text. */
const notText = /^(y|yes|n|no|on|off|true|false|null|nan|inf|e[-+]?\d+)$/i;

/**
 * The text of a new tenant file. Values go in as data, never as YAML or through a template: whatever stands in them comes
 * out of a YAML 1.1 or 1.2 reader as the same text under the same key.
 */
export function tenantFileText(input: TenantInput, imageRepository: string): string {
  return safeYaml({
    tenant: {
      name: input.name,
      displayName: input.displayName,
      owner: input.owner,
      tier: input.tier,
      ring: input.ring,
      contact: input.contact,
    },
    image: { repository: imageRepository, tag: input.version },
  });
}

/** What a reader of the file has to know. */
const groupRemark = '# Owns the tenants whose files name it. Goes when the last of them does.';

/** The text of the file of a group that comes with a tenant. */
export function ownerGroupText(group: OwnerGroup): string {
  return `${groupRemark}\n${safeYaml(ownerGroupEntity(group))}`;
}

function safeYaml(value: object): string {
  const document = new Document(value);
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && typeof node.value === 'string') {
        const plain = plainText.test(node.value) && !notText.test(node.value);
        node.type = plain ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
      }
    },
  });
  // A folded line would still be the same text, but not the one line that a reviewer expects.
  return document.toString({ lineWidth: 0 });
}
