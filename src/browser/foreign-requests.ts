/**
 * Watches the requests of this thread and reports each that went to another host, or was kept from it by the
 * content security policy. Returns a function that ends the watch.
 */
export function watchForeignRequests(report: (url: string) => void): () => void {
  const own = globalThis.location.origin;
  const isForeign = (url: string): boolean => {
    if (!/^(https?|wss?):/.test(url)) return false;
    return new URL(url).origin.replace(/^ws/, 'http') !== own;
  };
  const observer = new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) if (isForeign(name)) report(name);
  });
  observer.observe({ type: 'resource', buffered: true });
  const onViolation = (event: Event): void => {
    const { blockedURI } = event as SecurityPolicyViolationEvent;
    if (isForeign(blockedURI)) report(blockedURI);
  };
  globalThis.addEventListener('securitypolicyviolation', onViolation);
  return () => {
    observer.disconnect();
    globalThis.removeEventListener('securitypolicyviolation', onViolation);
  };
}
