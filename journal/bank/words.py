"""Word lists the bank reads by: English only, lower case, straight apostrophes."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


SUBJECTS = word_set(
    "i i'm i've i'd i'll we we're we've we'd we'll he he's he'd he'll she she's she'd she'll they they're "
    "they've they'd they'll it it's it'll there there's this that that's nobody "
    "everyone everybody everything something nothing"
)
"""Words that open a clause as its subject."""

OWNERS = word_set("my our his her their the this these those one some most each no")
"""Words that open a noun phrase which may be the subject of a clause."""

AUXILIARIES = word_set(
    "am is are was were be been have has had do does did will would can could should must may might shall "
    "isn't aren't wasn't weren't haven't hasn't hadn't don't doesn't didn't won't wouldn't can't cannot "
    "couldn't shouldn't mustn't i'm i've i'd i'll we're we've we'd we'll he's he'd he'll she's she'd "
    "she'll "
    "they're they've they'd they'll it's it'll that's there's"
)

PAST = word_set(
    "was were had did went came saw said told asked thought felt found got gave took made knew learnt "
    "learned understood wrote read ran began chose decided froze spoke left let met kept lost sat "
    "stood spent brought taught caught built sent heard held led meant paid put set showed tried used "
    "wanted worked helped became broke fell forgot grew hid rose sang slept stuck struck swore threw woke "
    "won wasn't weren't hadn't didn't couldn't could drew drove ate flew fought shook stole tore wore"
)
"""Forms that put a clause in the past (regular ones are told by their ending)."""

PRESENT = word_set(
    "think know feel need want like love hope wish believe guess see find mean seem seems works work helps "
    "help makes make takes take gets get goes go comes come knows says tells thinks feels needs "
    "wants likes "
    "gives give keeps keep means lets shows talk talks learn learns try tries teach teaches enjoy worry "
    "wonder wonders suppose doubt agree prefer expect plan intend aim remember forget understand care "
    "requires require involves involve remains depends matters"
)

AHEAD = word_set("will won't i'll we'll he'll she'll they'll it'll shall plan intend aim hope tomorrow upcoming")

LEADERS = word_set(
    "and but so then also however fortunately unfortunately now well yes still first firstly second "
    "secondly finally lastly today yesterday anyway therefore thus moreover furthermore additionally "
    "overall later afterwards suddenly luckily besides meanwhile again yet because although though after "
    "this last next that week month day time morning at in the end beginning of eventually honestly "
    "personally actually surprisingly thankfully sadly hopefully that initially "
    "similarly consequently instead nevertheless nonetheless earlier recently currently"
)
"""Words that may stand before the subject without belonging to what is said."""

DANGLING = word_set(
    "and but or nor so because which when while if that than as although though since until unless whether "
    "who whom whose where such also then however therefore thus for except like plus hence moreover "
    "furthermore additionally besides not only by with without from to of in on at after before during "
    "despite due apart along what why how yes no well otherwise even just e.g i.e etc maybe"
)
"""A quotation may not start with one of these."""

UNFINISHED = word_set(
    "a an the my our your his her their its this these those of to in on at by for from with without about "
    "into as than that which who whom whose when where while if whether because and or but nor so not just "
    "only even very too really quite rather more most much many some any no am is are was were be been "
    "being have has had do does did will would can could should must may might shall think thought thinks "
    "said says say told tells asked know knew felt feel feels realised realized noticed mean means guess "
    "hope believe wonder also both either such like i we he she they it's i'm via per i'd i'll we'll "
    "find found seems seemed saying something still"
)
"""A quotation may not end with one of these."""

FACTIVE = word_set("realised realized realise realize noticed learned learnt discovered saw see found understood")
"""After these and “that”, what follows is the writer's own claim, so it may be quoted alone."""

EMOTIONS = word_set(
    "afraid alone angry anger annoyed anxiety anxious ashamed awkward bitter bored calm cheerful "
    "comfortable confident confused delighted depressed desperate despair disappointed disappointment "
    "discouraged disgusted eager embarrassed embarrassment encouraged enthusiastic envious excited "
    "excitement exhausted fear fearful frightened frustrated frustrating frustration furious glad grateful "
    "gratitude grief guilt guilty happy happiness hate helpless hopeless horrified humiliated hurt "
    "insecure insulted intimidated irritated jealous joy joyful lonely loneliness mad miserable moved "
    "nervous nervousness offended optimistic overwhelmed overwhelming panic panicked pleased pride proud "
    "regret rejected relief relieved resentful resentment sad sadness scared scary shame shocked shy "
    "sorry stress stressed stressful stupid tense terrified thrilled tired troubled uncomfortable uneasy "
    "unhappy unsure upset vulnerable worried worry worrying worthless"
)
"""Feelings. A question may name one only when the writer did."""

STRUCTURE = word_set(
    "the and of that is it with for this are were have has had not but they we you my she his her our your "
    "from at by be been would will can could do did what when which who how if there their them then than "
    "about because some also these into more after i'm i've it's don't didn't very just"
)
"""Frequent English words that are not words of another large Latin-script language."""

FOREIGN = (
    word_set(
        "der die das und ich nicht ist mit auch auf für ein eine einen wir sie dass haben habe wurde sich "
        "le la les des une est dans pour que qui je nous vous pas avec mais cette sur plus très être "
        "el los las una por con para como pero muy más cuando esto este esta fue estaba yo nosotros "
        "il gli che di non sono per della ho abbiamo anche molto questo quando io ma "
        "o os as um uma não com mais foi eu nós isso estava muito também do da "
        "het een ik niet van dat op ook maar zijn heb hebben wij deze naar voor "
        "jsem se na že jsme byl byla bylo ale také tak který když jako už nebo "
        "się nie jest jak ale był było mnie przez który dla już "
        "och att det som en jag inte på är av med för vi var har den till om men "
        "og ikke jeg er har med på til av for men vi det som den "
        "ja on ei että mutta kun oli minä ne bir ve bu için çok ben ama"
    )
    - STRUCTURE
    - word_set("on do as me he die for so no an was to of van per tak den as se men o")
)
"""Frequent words of other languages that English does not use."""

DOERS = word_set(
    "add adding fix fixing write writing implement implementing make making find finding create "
    "creating finish finishing complete completing start starting continue continuing work working "
    "learn learning try trying improve improving test testing review reviewing get getting update "
    "updating discuss discussing prepare preparing merge merging explore exploring ask asking talk "
    "talking listen listening say saying set setting plan planning read reading build building look "
    "looking begin beginning finalize finalizing run running open opening use using clean cleaning "
    "check checking move moving meet meeting help helping give giving take taking understand "
    "understanding solve solving allow show showing change changing remove removing refactor "
    "document documenting load loading search searching go going"
)
"""Words that open a note without its subject: “Fix the tests”, “Adding a page”."""
