/**
 * What people buy for one purpose, as SKUs of the sample shop: `<shelf>-<numbers>`, the most wanted first. Each theme
 * crosses shelves where life does: a bicycle light is bought with a helmet, not with a floor lamp.
 */
export interface Theme {
  readonly purpose: string;
  /** How often somebody shops for it, beside the others' weights. */
  readonly weight: number;
  readonly skus: readonly string[];
}

const theme = (purpose: string, weight: number, skus: string): Theme => ({
  purpose,
  weight,
  skus: skus.split(' '),
});

export const THEMES: readonly Theme[] = [
  theme('filter coffee', 9, 'COF-1003 COF-1001 COF-1002 COF-1011 COF-1013 COF-1009 COF-1004 COF-1010 TAB-1006'),
  theme('espresso', 7, 'COF-1011 COF-1006 TAB-1005 COF-1007 COF-1008 COF-1010 TAB-1020 COF-1012'),
  theme('coffee for a crowd', 4, 'COF-1005 COF-1011 COF-1020 TAB-1006 COF-1012 TAB-1009'),
  theme('tea', 5, 'COF-1016 COF-1014 COF-1017 COF-1019 COF-1015 COF-1018 TAB-1006 TAB-1020'),
  theme('a table for six', 6, 'TAB-1001 TAB-1002 TAB-1007 TAB-1008 TAB-1010 TAB-1017 TEX-1017 TAB-1012 TAB-1013'),
  theme('breakfast', 5, 'TAB-1004 TAB-1006 TAB-1019 TAB-1016 TAB-1018 AUD-1014 TAB-1020'),
  theme('dinner from the oven', 4, 'TAB-1014 KIT-1007 TEX-1019 KIT-1015 TAB-1012 TAB-1003 TAB-1011 TAB-1009'),
  theme('knives and boards', 6, 'KIT-1001 KIT-1004 KIT-1002 KIT-1003 WRK-1013 KIT-1005 KIT-1012'),
  theme('everyday cooking', 6, 'KIT-1006 KIT-1008 KIT-1009 KIT-1012 KIT-1017 KIT-1013 KIT-1014 KIT-1011 KIT-1020'),
  theme('baking', 5, 'KIT-1016 KIT-1010 KIT-1018 KIT-1009 COF-1009 TEX-1018 TAB-1015 KIT-1019'),
  theme('a new bathroom', 4, 'TEX-1001 TEX-1002 TEX-1003 LIG-1006'),
  theme('a new bed', 5, 'TEX-1006 TEX-1004 TEX-1005 TEX-1007 TEX-1008 LIG-1006 TEX-1020 LIG-1002'),
  theme('the living room', 4, 'TEX-1010 TEX-1011 TEX-1009 TEX-1015 LIG-1003 TEX-1012 LIG-1020 TEX-1016'),
  theme('moving in', 5, 'LIG-1008 TEX-1014 WRK-1008 WRK-1002 TEX-1013 LIG-1004 LIG-1017 LIG-1018 TEX-1016'),
  theme('light for the house', 4, 'LIG-1008 LIG-1009 LIG-1010 LIG-1019 LIG-1005 LIG-1017 LIG-1018 LIG-1011 LIG-1007'),
  theme('summer evenings', 4, 'LIG-1012 LIG-1016 LIG-1013 COF-1020 TAB-1009 CAM-1020 AUD-1005 LIG-1007'),
  theme('the desk', 5, 'STA-1001 LIG-1001 STA-1019 STA-1016 STA-1003 STA-1017 STA-1018 STA-1014'),
  theme('writing by hand', 4, 'STA-1004 STA-1005 STA-1001 STA-1011 STA-1012 STA-1020 STA-1006 STA-1002'),
  theme('drawing', 4, 'STA-1010 STA-1008 STA-1009 STA-1007 STA-1013 STA-1015 STA-1014'),
  theme('a game night', 5, 'TOY-1006 TOY-1007 TOY-1020 TOY-1005 TOY-1010 TOY-1008 TAB-1018'),
  theme('a birthday of a child', 6, 'TOY-1001 TOY-1002 TOY-1004 TOY-1017 TOY-1016 TOY-1009 TOY-1003 STA-1015'),
  theme('playing outside', 4, 'TOY-1011 TOY-1013 TOY-1014 TOY-1015 TOY-1018 TOY-1012 TOY-1019'),
  theme('putting up shelves', 5, 'WRK-1016 WRK-1009 WRK-1008 WRK-1002 WRK-1017 WRK-1020 WRK-1001 WRK-1006'),
  theme('working in wood', 4, 'WRK-1019 WRK-1018 WRK-1015 WRK-1012 WRK-1011 WRK-1014 WRK-1013 WRK-1010 WRK-1017'),
  theme('small repairs', 4, 'WRK-1003 WRK-1004 WRK-1006 WRK-1005 WRK-1007 WRK-1002 LIG-1014'),
  theme('to work by bicycle', 6, 'CYC-1001 CYC-1011 LIG-1015 CYC-1013 CYC-1014 CYC-1020 CYC-1012 CYC-1019 CYC-1017'),
  theme('a flat tyre', 5, 'CYC-1005 CYC-1004 CYC-1003 CYC-1002 CYC-1006 CYC-1010'),
  theme('bicycle service', 3, 'CYC-1008 CYC-1007 CYC-1009 CYC-1010 CYC-1018 CYC-1006 WRK-1006'),
  theme('touring by bicycle', 3, 'CYC-1014 CYC-1015 CYC-1016 CYC-1017 CYC-1018 CAM-1001 CAM-1009'),
  theme('a first night in a tent', 5, 'CAM-1001 CAM-1002 CAM-1003 CAM-1019 CAM-1014 CAM-1015 LIG-1014'),
  theme('cooking outdoors', 4, 'CAM-1004 CAM-1005 CAM-1006 CAM-1017 CAM-1007 CAM-1008 COF-1004'),
  theme('a day in the hills', 4, 'CAM-1011 CAM-1008 CAM-1016 CAM-1018 CAM-1010 CAM-1009 LIG-1014'),
  theme('lying about', 3, 'CAM-1012 CAM-1013 CAM-1015 CAM-1020 AUD-1005'),
  theme('sowing', 5, 'GAR-1012 GAR-1013 GAR-1014 GAR-1016 GAR-1015 GAR-1001 GAR-1017'),
  theme('beds and borders', 4, 'GAR-1007 GAR-1008 GAR-1011 GAR-1010 GAR-1009 GAR-1018 GAR-1002 GAR-1003'),
  theme('watering', 4, 'GAR-1005 GAR-1006 GAR-1004 GAR-1020 GAR-1015'),
  theme('roses and birds', 3, 'GAR-1002 GAR-1011 GAR-1019 GAR-1017 GAR-1014'),
  theme('vinyl', 4, 'AUD-1008 AUD-1007 AUD-1009 AUD-1010 AUD-1011 AUD-1006 AUD-1017'),
  theme('headphones', 4, 'AUD-1001 AUD-1020 AUD-1012 AUD-1018 AUD-1002 AUD-1003 AUD-1004'),
  theme('a voice to record', 3, 'AUD-1015 AUD-1016 AUD-1001 LIG-1001 AUD-1018 AUD-1003'),
  theme('radio and film', 3, 'AUD-1013 AUD-1014 AUD-1019 AUD-1006 AUD-1017 AUD-1005'),
];
