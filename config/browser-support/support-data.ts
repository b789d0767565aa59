import type {
  CompatData,
  CompatStatement,
  Identifier,
  SimpleSupportStatement,
} from '@mdn/browser-compat-data';
import type { BrowserVersions } from './minimum.ts';

/** A feature of the web, as MDN's data has it. */
export interface Feature {
  /** Its path in the data: `api.Window.requestIdleCallback`. */
  readonly id: string;
  readonly node: Identifier;
}

/** Interfaces' parts that aren't members: events, statics, what is said of the interface itself. */
const NO_MEMBER = /_(?:static|event|support|option|parameter)$|^__compat$|^@@/;

/** What MDN's data knows, to be looked up by the names that sources use. */
export class SupportData {
  readonly #data: CompatData;
  readonly #minimum: BrowserVersions;
  readonly #members = new Map<string, Feature[]>();
  readonly #events = new Map<string, Feature[]>();

  constructor(data: CompatData, minimum: BrowserVersions) {
    this.#data = data;
    this.#minimum = minimum;
    for (const root of ['api', 'javascript.builtins']) {
      for (const name of childrenOf(this.at(root))) {
        const face = this.at(`${root}.${name}`);
        for (const member of childrenOf(face)) {
          const feature = face && childOf(face, member);
          if (!feature) continue;
          if (member.endsWith('_event')) put(this.#events, member.replace(/_event$/, ''), feature);
          else if (!NO_MEMBER.test(member)) put(this.#members, member, feature);
        }
      }
    }
  }

  /** The feature at a path, such as `api.Window.print`; `null`: the data has none. */
  at(path: string): Feature | null {
    let node: unknown = this.#data;
    for (const part of path.split('.')) {
      if (!isRecord(node) || !Object.hasOwn(node, part)) return null;
      node = node[part];
    }
    return isRecord(node) ? { id: path, node: node as Identifier } : null;
  }

  /** What a global name is: an interface, a function, a member of the window or of a worker. */
  global(name: string): Feature | null {
    return (
      this.at(`api.${name}`) ??
      this.at(`javascript.builtins.${name}`) ??
      this.at(`api.Window.${name}`) ??
      this.at(`api.WorkerGlobalScope.${name}`) ??
      this.at(`api.DedicatedWorkerGlobalScope.${name}`)
    );
  }

  /** All members of this name, of whatever interface. */
  members(name: string): readonly Feature[] {
    return this.#members.get(name) ?? [];
  }

  events(name: string): readonly Feature[] {
    return this.#events.get(name) ?? [];
  }

  /** A function of styles: `light-dark`, `color-mix`. */
  cssFunction(name: string): Feature | null {
    return this.at(`css.types.${name}`) ?? this.at(`css.types.color.${name}`);
  }

  /** What is known of an option that a function takes: `options_resizeWidth_parameter`, `rotation_option`. */
  options(feature: Feature, option: string): readonly Feature[] {
    const isOption = new RegExp(`(?:^|_)${option}_(?:parameter|option)$`);
    return childrenOf(feature)
      .filter((name) => isOption.test(name))
      .flatMap((name) => childOf(feature, name) ?? []);
  }

  /** @returns the oldest browsers that lack it, with the version that has it, as words; empty: none does */
  lacking({ node }: Feature): readonly string[] {
    const compat: CompatStatement | undefined = node.__compat;
    if (!compat) return [];
    return Object.entries(this.#minimum).flatMap(([browser, minimum]) => {
      const said = compat.support[browser as keyof typeof compat.support];
      if (said === undefined) return [];
      const statements: readonly SimpleSupportStatement[] = Array.isArray(said) ? said : [said];
      if (statements.some((statement) => isThere(statement, minimum))) return [];
      const [first] = statements.filter(isPlain).map(({ version_added }) => version_added);
      const since = typeof first === 'string' ? `it came with ${first}` : 'it has none';
      return [`${browser} ${minimum} (${since})`];
    });
  }
}

/** Without a flag to be set, and under its own name. */
function isPlain(statement: SimpleSupportStatement): boolean {
  return !statement.flags && !statement.prefix && !statement.alternative_name;
}

function isThere(statement: SimpleSupportStatement, minimum: string): boolean {
  const { version_added: added, version_removed: removed } = statement;
  if (!isPlain(statement) || typeof added !== 'string') return false;
  return isAtMost(added, minimum) && !(typeof removed === 'string' && isAtMost(removed, minimum));
}

/** @param version as the data has it: "17.4", "≤79", "preview" */
function isAtMost(version: string, limit: string): boolean {
  const [left, right] = [version, limit].map((text) => text.replace('≤', '').split('.').map(Number));
  for (let part = 0; part < Math.max(left?.length ?? 0, right?.length ?? 0); part += 1) {
    const difference = (left?.[part] ?? 0) - (right?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

function childrenOf(feature: Feature | null): readonly string[] {
  return feature ? Object.keys(feature.node).filter((name) => name !== '__compat') : [];
}

function childOf({ id, node }: Feature, name: string): Feature | null {
  const child = node[name];
  return isRecord(child) ? { id: `${id}.${name}`, node: child as Identifier } : null;
}

function put(map: Map<string, Feature[]>, name: string, feature: Feature): void {
  const all = map.get(name);
  if (all) all.push(feature);
  else map.set(name, [feature]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
