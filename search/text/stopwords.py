"""Words that say nothing about what somebody looks for; folded, as `Token.word` is."""

from search.text.folding import fold


def _folded(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


GERMAN = _folded("""
    aber alle allem allen aller alles als also am an andere anderen anderer anderes ans auch auf
    aufs aus außer bei beim bin bis bist bitte brauche brauchen da dabei dadurch dafür dagegen daher
    dahin damit danach dann daran darauf daraus darf darfst darin darum darüber das dass davon davor
    dazu dein deine deinem deinen deiner dem den denen denn der deren des deshalb dessen dich die
    dies diese diesem diesen dieser dieses dir doch dort du durch dürfen eben ein eine einem einen
    einer eines einige einigen einmal er es etwa etwas euch euer eure eurem euren eurer falls finde
    finden findet für gab gar geben gegen gehen geht gehört gemacht genau gerade gerne gib gibt
    gibts ging habe haben hallo hast hat hatte hatten hätte her hier hin hinter ich ihm ihn ihnen
    ihr ihre ihrem ihren ihrer ihres im immer in indem ins irgendwas irgendwelche irgendwer
    irgendwie irgendwo ist ja je jede jedem jeden jeder jedes jemand jene jenem jenen jener jetzt
    kann kannst kein keine keinem keinen keiner keines komme kommen kommt konnte können könnte
    könnten lassen lässt liegt mache machen macht mal man manche mancher mehr mein meine meinem
    meinen meiner meines mich mir mit möchte möchten muss musst müssen müssten nach nachdem neben
    nein nicht nichts niemand noch nun nur ob obwohl oder ohne per pro sehr sei seid sein seine
    seinem seinen seiner seines seit selber selbst sich sie sind so sobald sofern sogar solche
    solcher soll sollen sollte sollten somit sondern sonst soweit sowie statt suche suchen such
    trotz tue tun tut über überhaupt um und uns unser unsere unserem unseren unserer unter viel
    viele vielen vom von vor wann war wäre waren wären warum was wegen weil welche welchem welchen
    welcher welches wem wen wenn wer werde werden wessen weshalb wie wieder wieso wieviel wieviele
    will wir wird wirst wo wobei wodurch wofür wogegen woher wohin womit worauf woraus worin worum
    worüber wovon wozu wollen wollte wurde wurden würde würden während zu zum zur zwar zwischen
    bedeutet bekomme bekommen bekommt erhalte gelten gilt heißt stattfinden
""")
ENGLISH = _folded("""
    a about after all also am an and any anyone are as at be because been before being but by can
    cannot cant could did do does doing dont else for from get gets give had has have having he help
    her here hers him his how i if im in into is it its just like looking may me mine more most much
    must my near need no nor not of on one only or other our ours out over please same she should so
    some someone such than that the their theirs them then there these they this those to too under
    until up upon us was we were what whats when where which while who whom whose why will with
    would you your yours find wheres
""")
UKRAINIAN = _folded("""
    а або абощо але без би був була були було бути в вам вами вас ваш ваша ваше ваші вже ви від він
    вона вони воно все всі всіх де для до є з за зі і із її їй їм їх й його йому ж же за знайти що
    щоб це цей ця ці цього цьому як яка які який яке якого якою якщо я ми мені мене мною мій моя моє
    мої на над не нам нас наш нема немає ні ніж о об он по при про під після можна можу може можете
    мати маю має потрібно потрібна потрібен потрібні раз так та такий також там те тим то той тому
    ти тут у хто хтось чи чому чого чим шукаю коли куди кого кому скільки допоможіть будь ласка
""")
ARABIC = _folded("""
    في من على إلى الى عن مع هل ما ماذا متى أين اين كيف لماذا من هو هي هم أنا انا نحن أنت انت هذا هذه
    ذلك تلك التي الذي الذين كان كانت يكون تكون لا لم لن ليس ليست قد أن ان إن أو او و ثم حتى إذا اذا
    كل بعض غير عند عندي لي لنا لك له لها أريد اريد أحتاج احتاج يمكن يمكنني أجد اجد كم أي اي
""")
