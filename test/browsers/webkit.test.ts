import { tryBrowser } from './try-browser.ts';
import { webkit } from './webkit.ts';

tryBrowser(webkit, ['usual']);
