import { type ESTree, parseSync } from 'vite';
import { cssFeatures } from './css-features.ts';
import { declaredNames } from './declared-names.ts';
import type { Feature, SupportData } from './support-data.ts';
import { childrenOf, keyOf, plain } from './syntax-tree.ts';

/** Something of the web that a source uses and that some browser lacks. */
export interface LackingUse {
  /** Path in MDN's data. */
  readonly feature: string;
  /** Line of the source, from 1. */
  readonly line: number;
  /** Browsers that lack it, as words. */
  readonly lacking: readonly string[];
}

/** What is of this interface wherever it stands. */
const SINGLETONS: Readonly<Record<string, string>> = {
  navigator: 'api.Navigator',
  document: 'api.Document',
  crypto: 'api.Crypto',
  'crypto.subtle': 'api.SubtleCrypto',
  performance: 'api.Performance',
  screen: 'api.Screen',
  caches: 'api.CacheStorage',
  indexedDB: 'api.IDBFactory',
  scheduler: 'api.Scheduler',
  'navigator.storage': 'api.StorageManager',
  'navigator.mediaDevices': 'api.MediaDevices',
  'navigator.serviceWorker': 'api.ServiceWorkerContainer',
  'navigator.permissions': 'api.Permissions',
  'navigator.clipboard': 'api.Clipboard',
  'navigator.wakeLock': 'api.WakeLock',
  'navigator.gpu': 'api.GPU',
};
const GLOBAL_OBJECTS: ReadonlySet<string> = new Set(['globalThis', 'window', 'self']);

/** A stream by its name: what types say isn't known here. */
const STREAM_NAME = /(?:^|\W|_)(?:body|stream|readable)(?:\(\))?$|(?:Stream|Readable|Body)(?:\(\))?$/;
/** Groups of regular expressions, and what they are in MDN's data. */
const EXPRESSION_PARTS = [
  [/\(\?<[=!]/, 'lookbehind_assertion'],
  [/\(\?[a-z]*-?[a-z]*:(?<!\(\?:)/, 'modifier'],
] as const;
const EXPRESSION_FLAGS: Readonly<Record<string, string>> = { v: 'unicodeSets', d: 'hasIndices', s: 'dotAll' };

/**
 * Finds globals, static members, members of instances, options of calls, events, syntax and styles that
 * browsers lack.
 *
 * Types aren't known: a member of an unknown object counts if every interface that has a member of its name lacks it in
 * some browser, and `for await` if it goes over what is called a stream.
 *
 * @param ownNames members that the project has itself, of any object: taken for its own
 * @throws {SyntaxError}
 */
export function findLackingUses(
  name: string,
  text: string,
  support: SupportData,
  ownNames: ReadonlySet<string> = new Set(),
): readonly LackingUse[] {
  const { program, errors } = parseSync(name, text, { sourceType: 'module' });
  if (errors[0]) throw new SyntaxError(`${name}: ${errors[0].message}`);
  const declared = declaredNames(program);
  const uses = new Map<string, LackingUse>();

  const note = (node: ESTree.Node, feature: Feature | null): void => {
    if (!feature || uses.has(feature.id)) return;
    const lacking = support.lacking(feature);
    const line = text.slice(0, node.start).split('\n').length;
    if (lacking.length > 0) uses.set(feature.id, { feature: feature.id, line, lacking });
  };

  /** Path of a global in the source, such as `navigator.storage`; `null`: something of the source itself. */
  const globalPath = (node: ESTree.Node): string | null => {
    const expression = plain(node);
    if (expression.type === 'Identifier') return declared.has(expression.name) ? null : expression.name;
    if (expression.type !== 'MemberExpression') return null;
    const [object, key] = [globalPath(expression.object), keyOf(expression)];
    if (object === null || key === null) return null;
    return GLOBAL_OBJECTS.has(object) ? key : `${object}.${key}`;
  };

  /** The interface of a value, where that can be seen. */
  const faceOf = (node: ESTree.Node): string | null => {
    const expression = plain(node);
    if (expression.type === 'ArrayExpression') return 'javascript.builtins.Array';
    if (expression.type === 'TemplateLiteral') return 'javascript.builtins.String';
    if (expression.type === 'Literal') {
      if (typeof expression.value === 'string') return 'javascript.builtins.String';
      return 'regex' in expression ? 'javascript.builtins.RegExp' : null;
    }
    if (expression.type === 'NewExpression') {
      const path = globalPath(expression.callee);
      return (path === null ? null : support.global(path)?.id) ?? null;
    }
    const path = globalPath(expression);
    return (path !== null && SINGLETONS[path]) || null;
  };

  /** What a member is, in MDN's data; of several interfaces, if it isn't known which it is of. */
  const memberFeatures = (object: ESTree.Node, key: string): readonly Feature[] => {
    const path = globalPath(object);
    if (path !== null && GLOBAL_OBJECTS.has(path)) return list(support.global(key));
    const face = faceOf(object);
    if (face !== null) return list(support.at(`${face}.${key}`));
    const type = path === null ? null : support.global(path);
    if (type && /^[A-Z]/.test(path ?? '')) {
      return list(support.at(`${type.id}.${key}_static`) ?? support.at(`${type.id}.${key}`));
    }
    return ownNames.has(key) ? [] : support.members(key);
  };

  const noteMember = (node: ESTree.Node, object: ESTree.Node, key: string): void => {
    const features = memberFeatures(object, key);
    if (features.every((feature) => support.lacking(feature).length > 0)) note(node, features[0] ?? null);
  };

  const noteCall = (node: ESTree.CallExpression | ESTree.NewExpression): void => {
    const callee = plain(node.callee);
    const key = callee.type === 'MemberExpression' ? keyOf(callee) : null;
    const path = globalPath(callee);
    const global = path === null ? null : support.global(path);
    let features: readonly Feature[] = list(global);
    if (node.type === 'NewExpression' && global) features = list(support.at(`${global.id}.${path}`));
    else if (callee.type === 'MemberExpression' && key !== null)
      features = memberFeatures(callee.object, key);
    for (const argument of node.arguments) {
      const value = plain(argument);
      if (key === 'addEventListener' && value.type === 'Literal' && typeof value.value === 'string') {
        const events = support.events(value.value);
        if (events.every((event) => support.lacking(event).length > 0)) note(value, events[0] ?? null);
      }
      if (value.type !== 'ObjectExpression') continue;
      for (const property of value.properties) {
        const option = property.type === 'Property' && !property.computed ? nameOf(property.key) : null;
        const known = option === null ? [] : features.map((feature) => support.options(feature, option));
        if (known.length === 0 || known.some((options) => options.length === 0)) continue;
        for (const feature of known[0] ?? []) note(property, feature);
      }
    }
  };

  const noteExpression = (node: ESTree.Node, pattern: string, flags: string): void => {
    for (const flag of flags) {
      const property = EXPRESSION_FLAGS[flag];
      if (property) note(node, support.at(`javascript.builtins.RegExp.${property}`));
    }
    for (const [part, feature] of EXPRESSION_PARTS) {
      if (part.test(pattern)) note(node, support.at(`javascript.regular_expressions.${feature}`));
    }
  };

  const visit = (node: ESTree.Node): void => {
    switch (node.type) {
      case 'Identifier':
        if (!declared.has(node.name)) note(node, support.global(node.name));
        return;
      case 'MemberExpression': {
        const key = keyOf(node);
        if (key !== null) noteMember(node.property, node.object, key);
        break;
      }
      case 'VariableDeclarator':
        if (node.id.type === 'ObjectPattern' && node.init) {
          for (const property of node.id.properties) {
            if (property.type !== 'Property' || property.computed) continue;
            const key = nameOf(property.key);
            if (key !== null) noteMember(property, node.init, key);
          }
        }
        break;
      case 'CallExpression':
      case 'NewExpression':
        noteCall(node);
        break;
      case 'ForOfStatement': {
        const { start, end } = plain(node.right);
        const over = text.slice(start, end);
        if (node.await && STREAM_NAME.test(over))
          note(node, support.at('api.ReadableStream.@@asyncIterator'));
        break;
      }
      case 'Literal':
        if ('regex' in node) noteExpression(node, node.regex.pattern, node.regex.flags);
        break;
      case 'TaggedTemplateExpression':
        if (node.tag.type === 'Identifier' && node.tag.name === 'css') {
          const styles = node.quasi.quasis.map(({ value }) => value.raw).join(' ');
          for (const feature of cssFeatures(styles, support)) note(node, feature);
        }
        break;
      case 'ImportDeclaration':
        if (node.attributes.length > 0)
          note(node, support.at('javascript.statements.import.import_attributes'));
        break;
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  return [...uses.values()];
}

function list(feature: Feature | null): readonly Feature[] {
  return feature ? [feature] : [];
}

function nameOf(key: ESTree.Node): string | null {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : null;
}
