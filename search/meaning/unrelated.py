"""Texts that no page of the portal is like: a question that is nearer to them is not answered by meaning.

To a sentence model everything resembles everything a little, and how much depends on the question: "asdf" is
nearer to some page than a good question in Arabic. So an entry counts only where it is nearer than these are.
They are passages without an entry, made by the service like all others, and the same for whoever asks.
"""

from search.models import Passage

# About what nobody looks for here, far from housing, money, families, health and neighbourhood.
OTHERWISE = (
    "Der Stürmer schoss in der letzten Minute das entscheidende Tor, und seine Mannschaft gewann das Spiel.",
    "Der Motor des Wagens leistet 150 PS, der Auspuff und die Bremsen wurden erneuert.",
    "Elektronen und Quarks gehören zu den Elementarteilchen, die das Standardmodell der Physik beschreibt.",
    "In der Programmiersprache werden Variablen und Funktionen in Modulen gespeichert.",
    "Die Saurier starben vor 66 Millionen Jahren aus, vermutlich nach einem Einschlag.",
    "Der Komponist schrieb neun Sinfonien und zahlreiche Klavierkonzerte.",
    "Das Flugzeug landete mit zwei Stunden Verspätung auf dem Flughafen von Madrid.",
    "Der Roman erzählt die Geschichte eines Seemanns, der einen weißen Wal jagt.",
    "Der Vulkan brach im Jahr 1815 aus und verdunkelte den Himmel über der Insel.",
    "Die Kamera hat einen Sensor mit 24 Megapixeln und ein lichtstarkes Objektiv.",
    "Der König schloss Frieden mit dem Kaiser und heiratete dessen Tochter.",
    "Die Band veröffentlichte ihr drittes Album und ging auf eine Tournee durch Amerika.",
    "Das Molekül besteht aus einem Sauerstoffatom und zwei Wasserstoffatomen.",
    "Der Film gewann drei Preise, die Hauptrolle spielte eine junge Schauspielerin.",
    "Der Planet Jupiter hat mehr als neunzig Monde und einen großen roten Fleck.",
    "Der Prozessor rechnet mit acht Kernen und braucht wenig Strom.",
    "Die Armee überquerte den Fluss und belagerte die Festung drei Wochen lang.",
    "Die Gleichung hat zwei Lösungen, wenn die Diskriminante größer als null ist.",
    "Die Fabrik stellt Schrauben, Dichtungen und Ventile aus Stahl her.",
    "Der Hai schwimmt durch das Meer, der Adler kreist über den Felsen.",
)
# Without any meaning. Words of other languages come near to them, too, so these may be a little nearer.
BABBLE = (
    "Lorem ipsum dolor sit amet, consetetur sadipscing elitr.",
    "asdf jklö qwertz uiop yxcvb",
    "zzzz xxxx kkkk hhhh",
    "wrtpf gnskl dbvqm hjxzt",
    "7 42 1999 0815 123456",
    "!!! ??? ... ---",
    "kfjdls kjsdf weoiru",
    "hjkl",
    "bla blub",
    "xyxyx",
    "aaaa bbbb",
    "foo bar baz",
    "qqqqq",
)
# From this number on they are babble.
FIRST_BABBLE = 100


def keep() -> None:
    """Let these texts be the passages without an entry; as owner of the database."""
    wanted = [*enumerate(OTHERWISE), *enumerate(BABBLE, start=FIRST_BABBLE)]
    passages = Passage.objects.filter(entry=None)
    if list(passages.order_by("number").values_list("number", "text")) != wanted:
        passages.delete()
        Passage.objects.bulk_create(Passage(number=number, text=text) for number, text in wanted)
