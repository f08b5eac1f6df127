import type { SeedCategory } from '../seed-category.js';

export const tableware: SeedCategory = {
  slug: 'tableware',
  products: [
    ['TAB-1001', 'Dinner plate, speckled', 'Stoneware in oatmeal, no two alike.', 1_690, 264],
    ['TAB-1002', 'Side plate, speckled', 'Matches the dinner plate, for bread or cake.', 1_190, 288],
    ['TAB-1003', 'Pasta bowl, deep blue', 'Wide rim and a well for the sauce.', 1_590, 192],
    ['TAB-1004', 'Cereal bowl, white', 'Stacks by six and survives the dishwasher.', 990, 340],
    ['TAB-1005', 'Espresso cups, set of four', 'Thick walls that hold the heat, 80 ml.', 2_490, 85],
    ['TAB-1006', 'Mug with a thumb rest', 'Holds 330 ml and a place for every hand.', 1_290, 410],
    ['TAB-1007', 'Water glass, pressed', 'Six flutes, after a café glass of the fifties.', 490, 720],
    ['TAB-1008', 'Wine glass, universal', 'Thin rim, one shape for red and white.', 1_190, 360],
    ['TAB-1009', 'Carafe, 1 litre', 'Mouth-blown, with a glass that is its lid.', 3_490, 44],
    ['TAB-1010', 'Cutlery set, 24 pieces', 'Brushed steel for six people.', 8_900, 31],
    ['TAB-1011', 'Steak knives, set of four', 'Serrated just enough, handles of olive wood.', 5_900, 27],
    ['TAB-1012', 'Serving spoon, large', 'Carries a proper helping of risotto.', 1_490, 93],
    ['TAB-1013', 'Salad servers, acacia', 'One spoon, one fork, both long.', 1_790, 80],
    ['TAB-1014', 'Oven dish, 30 cm', 'From 220 degrees straight to the table.', 2_990, 68],
    ['TAB-1015', 'Cake stand', 'Raises any cake by eleven centimetres.', 3_290, 35],
    ['TAB-1016', 'Butter dish with lid', 'Holds 250 grams, lid fits either way.', 1_990, 72],
    ['TAB-1017', 'Linen napkins, pack of four', 'Washed soft, in slate grey.', 2_790, 59],
    ['TAB-1018', 'Cork coasters, pack of six', 'Spare the table, float in the sink.', 890, 230],
    ['TAB-1019', 'Egg cups, set of two', 'Weighted so that they stay upright.', 990, 150],
    ['TAB-1020', 'Sugar bowl with spoon', 'Porcelain, the spoon has its notch.', 1_690, 0],
    ['TAB-1021', 'Fish platter, limited', 'Sixty centimetres for whoever caught something.', 4_990, 8, 'draft'],
  ],
};
