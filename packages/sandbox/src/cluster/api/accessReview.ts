import { JsonObject, objectOrEmpty } from '../model/json';
import { User, isAllowed } from './access';

/** Answers a SelfSubjectAccessReview, which `kubectl auth can-i` sends. */
export function reviewAccess(user: User, review: JsonObject): JsonObject {
  const asked = objectOrEmpty(objectOrEmpty(review.spec).resourceAttributes);
  const allowed = isAllowed(user, {
    verb: String(asked.verb ?? ''),
    plural: String(asked.resource ?? ''),
    subresource: asked.subresource ? String(asked.subresource) : undefined,
  });
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: { creationTimestamp: null },
    spec: review.spec,
    status: { allowed },
  };
}
