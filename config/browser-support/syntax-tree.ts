import type { ESTree } from 'vite';

/** Nodes of types with an expression within, which is what runs. */
const AROUND_EXPRESSIONS: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
  'TSParameterProperty',
]);
/** What is only for the type checker. */
const TYPE_KEYS: ReadonlySet<string> = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeArguments',
  'implements',
]);

/** The parts of a node that run: no types, and no names that are no values (keys, labels, what modules call things). */
export function childrenOf(node: ESTree.Node, hasInterfaces = false): readonly ESTree.Node[] {
  if ('declare' in node && node.declare) return [];
  const children: ESTree.Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (TYPE_KEYS.has(key) || isName(node, key)) continue;
    for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value as unknown]) {
      if (isNode(child) && (!child.type.startsWith('TS') || runs(child, hasInterfaces))) children.push(child);
    }
  }
  return children;
}

function runs({ type }: ESTree.Node, hasInterfaces: boolean): boolean {
  return AROUND_EXPRESSIONS.has(type) || (hasInterfaces && type === 'TSInterfaceDeclaration');
}

function isName(node: ESTree.Node, key: string): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return key === 'property' && !node.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
      return key === 'key' && !node.computed;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return key === 'label';
    case 'MetaProperty':
    case 'ImportSpecifier':
      return true;
    case 'ExportSpecifier':
      return key === 'exported';
    default:
      return false;
  }
}

/** An expression without what only types and parentheses put around it. */
export function plain(node: ESTree.Node): ESTree.Node {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return plain(node.expression);
    default:
      return node;
  }
}

/** The name of a member: `b` of `a.b` and `a['b']`; `null`: it is private or computed. */
export function keyOf(node: ESTree.MemberExpression): string | null {
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : null;
  const { property } = node;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : null;
}

function isNode(value: unknown): value is ESTree.Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
