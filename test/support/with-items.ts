/** A node with lists of nodes as browsers have them: slimdom's are arrays. */
export function withItems<T extends {childNodes: unknown[]}>(node: T): T {
  Object.assign(node.childNodes, {item: (i: number) => node.childNodes[i]});
  for (const child of node.childNodes) withItems(child as T);
  return node;
}
