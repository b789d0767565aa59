// MediaPipe's runtime writes all of its log to the error stream. What it calls an error stays one.
const writeError = console.error;
console.error = (...parts: unknown[]) => {
  if (!/^(INFO:|I\d{4} )/.test(String(parts[0]))) writeError(...parts);
};
