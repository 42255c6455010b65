import type { SyntaxNode } from '@lezer/common';

/** A node of the syntax tree together with the text that it is a part of. */
export class Node {
  constructor(private readonly node: SyntaxNode, private readonly source: string) {}

  get name(): string {
    return this.node.name;
  }

  get text(): string {
    return this.source.slice(this.node.from, this.node.to);
  }

  /** The children in order, comments left out. */
  get children(): Node[] {
    const children: Node[] = [];
    for (let child = this.node.firstChild; child; child = child.nextSibling) {
      if (child.name !== 'LineComment') children.push(new Node(child, this.source));
    }
    return children;
  }

  /** The first child with one of the names. */
  child(...names: string[]): Node | undefined {
    return this.children.find(each => names.includes(each.name));
  }

  /** The nearest descendants with the name, in order, not looking inside those found. */
  all(name: string): Node[] {
    return this.children.flatMap(each => (each.name === name ? [each] : each.all(name)));
  }

  /** A child that the grammar always puts there. */
  need(...names: string[]): Node {
    const found = this.child(...names);
    if (!found) throw new Error(`${this.name} without ${names.join(' or ')}: ${this.text}`);
    return found;
  }
}
