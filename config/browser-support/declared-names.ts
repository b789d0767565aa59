import type { ESTree } from 'vite';
import { childrenOf } from './syntax-tree.ts';

/** All names that a module declares, in whatever scope. */
export function declaredNames(program: ESTree.Program): ReadonlySet<string> {
  const names = new Set<string>();
  const bind = (pattern: ESTree.Node | null | undefined): void => {
    if (!pattern) return;
    switch (pattern.type) {
      case 'Identifier':
        names.add(pattern.name);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) bind(property);
        return;
      case 'Property':
        bind(pattern.value);
        return;
      case 'ArrayPattern':
        for (const element of pattern.elements) bind(element);
        return;
      case 'RestElement':
        bind(pattern.argument);
        return;
      case 'AssignmentPattern':
        bind(pattern.left);
        return;
      case 'TSParameterProperty':
        bind(pattern.parameter);
    }
  };
  const visit = (node: ESTree.Node): void => {
    switch (node.type) {
      case 'VariableDeclarator':
      case 'ClassDeclaration':
      case 'ClassExpression':
        bind(node.id);
        break;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        bind(node.id);
        for (const parameter of node.params) bind(parameter);
        break;
      case 'CatchClause':
        bind(node.param);
        break;
      case 'ImportDeclaration':
        for (const { local } of node.specifiers) names.add(local.name);
        break;
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  return names;
}

/**
 * Names of members that a project has itself: of its classes and interfaces, and of objects that it writes down. What a
 * source says in passing of others' objects (`navigator as { deviceMemory?: number }`) isn't among them.
 */
export function ownMemberNames(program: ESTree.Program): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (key: ESTree.Node): void => {
    if (key.type === 'Identifier') names.add(key.name);
  };
  const visit = (node: ESTree.Node, parent: ESTree.Node): void => {
    if (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') add(node.key);
    if (node.type === 'Property' && parent.type !== 'ObjectPattern') add(node.key);
    if (node.type === 'TSParameterProperty') add(node.parameter);
    if (node.type === 'TSInterfaceDeclaration') {
      for (const member of node.body.body) if ('key' in member) add(member.key);
    }
    for (const child of childrenOf(node, true)) visit(child, node);
  };
  visit(program, program);
  return names;
}
