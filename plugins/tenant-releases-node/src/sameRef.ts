/** The form in which refs of entities are compared: letters count the same, large or small. */
export const toRef = (ref: string) => ref.toLocaleLowerCase('en-US');

/** Whether two refs mean the same entity. */
export const sameRef = (one: string, other: string) => toRef(one) === toRef(other);
