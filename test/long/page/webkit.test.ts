import { tryBrowser } from '../../browsers/try-browser.ts';
import { webkit } from '../../browsers/webkit.ts';

tryBrowser(webkit, ['long']);
