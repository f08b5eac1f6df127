import type { SeedCategory } from '../seed-category.js';

export const lighting: SeedCategory = {
  slug: 'lighting',
  products: [
    ['LIG-1001', 'Desk lamp, articulated', 'Balanced by springs, stays where you leave it.', 8_900, 34],
    ['LIG-1002', 'Reading lamp with clamp', 'Holds on to shelves up to five centimetres.', 4_590, 52],
    ['LIG-1003', 'Floor lamp, tripod', 'Oak legs under a linen shade.', 14_900, 14],
    ['LIG-1004', 'Pendant, spun aluminium', 'Throws light down and nowhere else, 30 cm.', 9_900, 26],
    ['LIG-1005', 'Pendant, opal glass', 'Soft in all directions, 25 cm.', 7_900, 30],
    ['LIG-1006', 'Wall light with switch', 'Beside the bed without an electrician.', 5_490, 41],
    ['LIG-1007', 'Paper lantern, 45 cm', 'Rice paper on bamboo rings.', 1_490, 175],
    ['LIG-1008', 'LED bulb E27, warm white', '806 lumens from 7 watts, dims to a glow.', 690, 900],
    ['LIG-1009', 'LED bulb E14, warm white', '470 lumens for small lamps.', 590, 640],
    ['LIG-1010', 'Filament bulb, globe', 'Looks like 1905, draws 4 watts.', 1_190, 310],
    ['LIG-1011', 'Night light with sensor', 'Wakes when somebody walks by.', 1_290, 220],
    ['LIG-1012', 'String lights, 10 metres', 'A hundred points of light for in and out.', 2_490, 138],
    ['LIG-1013', 'Solar path light', 'Collects by day, shows the way for eight hours.', 1_990, 96],
    ['LIG-1014', 'Head torch, 300 lumens', 'Red light for eyes that are used to the dark.', 3_490, 73],
    ['LIG-1015', 'Bicycle light set', 'White in front, red behind, charged by USB.', 3_990, 87],
    ['LIG-1016', 'Table lamp, portable', 'Twelve hours on one charge, on any table.', 6_900, 45],
    ['LIG-1017', 'Lampshade, linen', 'Off-white, for stands with an E27 ring.', 2_990, 58],
    ['LIG-1018', 'Textile cable, 3 metres', 'Twisted, with switch and plug, in mustard.', 1_790, 112],
    ['LIG-1019', 'Dimmer plug', 'Turns any lamp down, up to 100 watts.', 1_590, 129],
    ['LIG-1020', 'Picture light, brass', 'A row of warm light for one painting.', 7_490, 0],
    ['LIG-1021', 'Lava lamp, green', 'Nobody missed it enough.', 3_990, 6, 'discontinued'],
  ],
};
