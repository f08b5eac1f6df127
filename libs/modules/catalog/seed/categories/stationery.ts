import type { SeedCategory } from '../seed-category.js';

export const stationery: SeedCategory = {
  slug: 'stationery',
  products: [
    ['STA-1001', 'Notebook A5, dotted', '192 pages that lie flat and take ink.', 1_490, 380],
    ['STA-1002', 'Notebook A6, plain', 'Fits the pocket, survives the summer.', 990, 420],
    ['STA-1003', 'Desk diary, weekly', 'One week on two pages, notes on the right.', 1_890, 145],
    ['STA-1004', 'Fountain pen, fine nib', 'Steel nib, converter included.', 3_900, 66],
    ['STA-1005', 'Ink, bottled, midnight blue', 'Fifty millilitres, dries before you turn the page.', 1_290, 134],
    ['STA-1006', 'Rollerball refills, pack of three', 'Black, 0.5 mm, fit nearly every pen.', 790, 510],
    ['STA-1007', 'Mechanical pencil, 0.7 mm', 'Metal grip and an eraser worth the name.', 1_690, 170],
    ['STA-1008', 'Graphite pencils, set of twelve', 'From 6H to 6B in a tin.', 1_590, 98],
    ['STA-1009', 'Watercolour pan set', 'Twelve half pans and a brush that travels.', 2_990, 51],
    ['STA-1010', 'Sketch pad A4, 120 g', 'Fifty sheets with a tooth for charcoal.', 1_190, 187],
    ['STA-1011', 'Letter paper, laid', 'Fifty sheets for letters that matter.', 1_390, 76],
    ['STA-1012', 'Envelopes C6, pack of 25', 'Lined, with gum that sticks.', 890, 240],
    ['STA-1013', 'Brass ruler, 15 cm', 'Straight, heavy, and still there next year.', 1_290, 115],
    ['STA-1014', 'Paper scissors, 21 cm', 'Cut a whole sheet without a second bite.', 1_990, 104],
    ['STA-1015', 'Washi tape, set of five', 'Comes off walls as it came on.', 1_090, 260],
    ['STA-1016', 'Document box, A4', 'Grey board with metal corners.', 1_790, 88],
    ['STA-1017', 'Binder clips, pack of twelve', 'Hold up to a hundred sheets.', 490, 600],
    ['STA-1018', 'Stapler, half strip', 'Twenty sheets, never sideways.', 2_190, 79],
    ['STA-1019', 'Desk organiser, beech', 'Five places for what always lies about.', 3_290, 43],
    ['STA-1020', 'Wax seal kit', 'One letter of the alphabet and red wax.', 2_490, 0],
    ['STA-1021', 'Typewriter ribbon, universal', 'Black over red, as long as stock lasts.', 990, 13, 'discontinued'],
  ],
};
