interface Performance {
  /** https://wicg.github.io/performance-measure-memory/ ; only in cross-origin isolated pages. */
  measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
}
