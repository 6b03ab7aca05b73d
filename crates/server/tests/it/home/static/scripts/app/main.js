import { a } from '../a.js';

document.title = String(a);
import('../later.js');
