import { isObject } from '../json/json';
import { holdsQuantities, parseQuantity } from './quantity';

/**
 * Whether two states of an object mean the same to the API server: absent and empty are one, quantities are compared by
 * value (`1` and `1000m`).
 */
export function sameState(left: unknown, right: unknown, asQuantity = false): boolean {
  if (isEmpty(left) && isEmpty(right)) return true;
  if (isObject(left) && isObject(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].every(key =>
      sameState(left[key], right[key], asQuantity || holdsQuantities(key)),
    );
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, at) => sameState(item, right[at]));
  }
  if (asQuantity) {
    const quantity = parseQuantity(left);
    if (quantity !== undefined) return quantity === parseQuantity(right);
  }
  return left === right;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.values(value).every(isEmpty);
}
