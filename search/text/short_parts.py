"""Nouns and stems of three and four letters that make compounds.

Among words so short the dictionary has many names, abbreviations and forms that would cut other words to
pieces. These are the ones that begin or end many of its longer words.
"""

from search.text.wordlists import words

SHORT_PARTS = words("""
    alt amt arm art bad bau bio box bus dom ehe eid eis erd fan fuß gas gut hut job kur lob mut näh
    neu not ohr öko oma opa ort ost rad rat rot ruf see sex ski süd tag tal tat tee tod ton tor tür
    uhr web weg wut zoo zug amts arzt asyl atom auge auto baby bach bade bahn ball bank bart baum
    bein berg bett bier bild blau blei blut boot bord bote brot buch bund burg büro café chef chor
    club dach dame damm dank darm deck diät dieb dorf drei duft eier fach fahr fall fang fass feld
    fell fest fett film flug flur flut form foto frau frei früh fund fünf funk füße gang garn gast
    gelb geld gift glas gold golf gott grab grad gras grau groß grün gurt haar hals hand hanf hang
    harz haus haut heck heer heft heil heim held helm hemd herd herr herz hilf hirn hoch höfe höhe
    holz horn hort hose hund hüte info jagd jahr jazz jung kalk kamm kauf kern kids kiel kind kino
    kita klee klub knie koch kohl kopf korb korn kost kult kurs lack lade lage lamm land lang lärm
    last lauf leer lehm lehr leib leih lern lese lied lift lohn luft lust mama mann mark mars maul
    maut meer mehl miet mode mond moor mord müde mühl müll mund münz name nazi nest netz nord note
    nuss obst ofen orte orts paar pack papa park pass pech pelz pest pfad pilz plan post putz rand
    rang räte rate raub raum rede reim reis reit reiz rest rock rohr rose rost rück rufe ruhe rund
    saal saat sack saft säge sand satz seil sekt senf sieb sieg sing sinn sitz sohn soja sorg spar
    spaß spät spur stab stau steg stil stoß such tage tags takt tank tanz team teer teig teil test
    text tier tipp topf tour tram tuch turm ufer vieh viel vier volk voll wach wald wall wand ware
    wege wehr wein welt werk wert west wett wild wind wirt witz wohl wohn wolf wort wurf wurm zahl
    zahn zaun zehn zeit zell zelt ziel zier zins zoll zone züge zwei
""")
