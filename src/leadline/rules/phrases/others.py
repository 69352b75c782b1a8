"""The shortest and surest phrases of more languages; plain letters, as ``leadline.rules.wording`` reads them."""

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language, Tables


def _language(code: str, tables: Tables) -> Language:
    return Language(code, {}, tables)


OTHERS = (
    _language(
        "sv",
        {
            Ground.KEYWORD: """
                ^ stopp/sluta/avregistrera/avsluta/avanmal/avprenumerera/upphor $
                ^ sluta nu/genast $
                ^ inga fler meddelanden/sms $
            """,
            Ground.REQUEST: """
                sluta skicka/smsa/kontakta/messa/skriva/storra/stora/ringa/spamma
                inga fler/mer sms/meddelanden/utskick/mess
                skicka inte/inga .. mer/fler/sms
                vill inte ha/fa/bli
                vill inte langre
                lamna mig ifred
                kontakta mig inte
                ta bort mig/mitt
                dra at helvete
            """,
            Ground.REMOVAL: "ta bort mitt nummer\navregistrera mig",
            Ground.WRONG_PERSON: "fel nummer/person",
            Ground.DECLINE: "inte/ej intresserad\n^ nej tack $",
            Ground.HELP: "^ hjalp $\n^ vem ar det/detta $",
            Ground.START: "^ starta $\nvill ha sms/meddelanden igen",
        },
    ),
    _language(
        "da",
        {
            Ground.KEYWORD: """
                ^ stop/afmeld/afmelding/stopp/slet/avmeld/avslutt/frameld/meld $
                ^ afmeld/avmeld mig/meg $
            """,
            Ground.REQUEST: """
                stop/stopp/slutt/hold med/a at/sende/op/kontakte .. skrive/sende/sms/kontakte
                stopp a sende/kontakte/skrive
                slutt a sende/kontakte/skrive
                ikke/ingen flere/mer/mere beskeder/sms/meldinger
                ingen flere sms/meldinger
                onsker ikke flere/at/a/mer/beskeder/meldinger
                vil ikke have/ha/motta/modtage
                lad/la mig/meg vaere/vare
                lad/la mig/meg i fred
                skriv/kontakt/send ikke .. mere/mer
                slet/slett/fjern mig/meg/mit/nummeret/mitt
            """,
            Ground.WRONG_PERSON: "forkert/feil nummer",
            Ground.DECLINE: "ikke interesseret/interessert\n^ nej/nei tak/takk $",
            Ground.HELP: "^ hjaelp/hjelp $\n^ hvem er det/dette $",
        },
    ),
    _language(
        "fi",
        {
            Ground.KEYWORD: "^ lopeta/peruuta/seis/poista/lopettakaa/peru $",
            Ground.REQUEST: """
                lopeta/lopettakaa .. viestit/viestien/viestittely/lahettaminen/lahettely/viestitys
                ala/alkaa .. laheta/lahettako/lahettakaa/viesteja
                en halua .. viesteja/teidan/viestejanne
                ei enaa viesteja
                poista/poistakaa .. numeroni/minut
                jattakaa/jata minut rauhaan
            """,
            Ground.WRONG_PERSON: "vaara numero/henkilo",
            Ground.DECLINE: "ei kiinnosta\nen ole kiinnostunut\n^ ei kiitos $",
            Ground.HELP: "^ apua/ohje $\n^ kuka siella/tama/olet $",
        },
    ),
    _language(
        "ru",
        {
            Ground.KEYWORD: """
                ^ стоп/отписаться/отпишите/отпиши/хватит/прекратите/отмена/отписка/отказ/прекрати/довольно/отстаньте/отстань $
                ^ больше не надо/пишите $
                ^ не надо/пишите $
                ^ отпишите меня $
                ^ stop sms $
                ^ otpisatsya/otpishite/hvatit/prekratite $
            """,
            Ground.REQUEST: """
                не пишите/присылайте/звоните/шлите/отправляйте/беспокоите/пиши/звони/присылай/надо мне/больше/сюда/нам/смс/сообщения/писать/звонить
                больше не пишите/присылайте/звоните/шлите/беспокоите/надо/пиши/хочу
                мне не пишите/звоните/присылайте
                прекратите/хватит/перестаньте/прекрати/перестань/харе мне? писать/слать/присылать/звонить/спамить/отправлять/спам/рассылку/это
                не хочу/желаю .. получать/сообщения/ваших/смс
                оставьте/оставь меня/нас
                отстаньте/отвалите/отвяжитесь/отвали/отъебитесь/достали от? меня?
                отпишите/удалите/уберите/вычеркните/исключите/удали меня/мой/номер/из
                удалите .. номер
                идите/иди/пошли/пошел на/в/к
            """,
            Ground.THREAT: "жалобу/пожалуюсь/заблокирую/заблокирован/жалоба/полицию ..?\nв суд",
            Ground.WITHDRAWAL: "отзываю/отозвать ..? согласие\nне давал/давала ..? согласия/согласие",
            Ground.WRONG_PERSON: """
                ошиблись/ошибся/ошибка/ошиблась номером?
                не тот номер/человек
                вы ошиблись
                неправильный/неверный номер
                такой/таких здесь/тут/не нет/живет?
            """,
            Ground.DECLINE: "не интересует/интересно/заинтересован/актуально/нужно\n^ нет спасибо $\n^ спасибо не надо $",
            Ground.SOURCE: "откуда ..? номер\nкто ..? дал ..? номер",
            Ground.HELP: "^ помощь/помогите/справка/инфо $\n^ кто это/вы/пишет ..?\nкто ..? это/вы/пишет $\nс кем я",
            Ground.START: "^ старт/подписаться/подпишите/возобновить/начать $\nподпишите меня\nснова ..? получать/подписаться\nвозобновите ..?",
            Ground.YES: "^ да $",
            Ground.ORDINARY: "не останавливайтесь/прекращайте/отменяйте\nотмена встречи/заказа/брони\nне надо отменять",
        },
    ),
    _language(
        "uk",
        {
            Ground.KEYWORD: "^ стоп/відписатися/досить/припиніть/годі/відписка/відмова/відпишіть $\n^ відпишіть мене $",
            Ground.REQUEST: """
                не пишіть/надсилайте/дзвоніть/турбуйте/шліть
                більше не
                припиніть/перестаньте/досить .. писати/надсилати/слати/дзвонити/спам
                не хочу .. отримувати/повідомлень/повідомлення
                відпишіть/видаліть/приберіть мене/мій/номер
                залиште/лишіть/відчепіться мене/від
            """,
            Ground.WRONG_PERSON: "помилилися/помилились/помилка номером?\nне той номер",
            Ground.DECLINE: "не цікавить/цікаво/зацікавлений/потрібно\n^ ні дякую $",
            Ground.HELP: "^ допомога/довідка $\n^ хто це/ви ..?",
        },
    ),
    _language(
        "tr",
        {
            Ground.KEYWORD: "^ dur/iptal/durdur/ret/cik/durdurun/istemiyorum/yeter $\n^ iptal et/edin $",
            Ground.REQUEST: """
                mesaj/mesajlari/sms .. istemiyorum/atmayin/gondermeyin/gondermeyiniz/atma/durdurun/kesin/yollamayin
                artik .. yazmayin/istemiyorum/aramayin/mesaj
                beni/numarami .. silin/cikarin/rahatsiz/cikartin/rahat/birakin
                abonelikten/listeden .. cik/cikar/cikarin/cikmak/sil/silin/cikin
                beni aramayin/rahat
                bir daha .. yazmayin/mesaj/aramayin
            """,
            Ground.WRONG_PERSON: "yanlis numara/kisi",
            Ground.DECLINE: "ilgilenmiyorum\n^ hayir tesekkurler $",
            Ground.HELP: "^ yardim/bilgi $\n^ kimsiniz/kimsin $\n^ bu kim $",
            Ground.START: "^ basla/baslat $",
        },
    ),
    _language(
        "ro",
        {
            Ground.KEYWORD: "^ stop/opriti/dezabonare/anulare/renunt/dezaboneaza/dezabonati/destul/gata $",
            Ground.REQUEST: """
                nu imi/mi/ne/ma mai trimiteti/scrie/scrieti/trimite/contactati/contactati/deranjati/sunati/trimiteti
                nu mai trimiteti/scrieti/vreau/doresc/trimite
                nu vreau/doresc .. mesaje/primesc/sms/contactat
                opriti/incetati .. mesaje/mesajele/sms
                lasati ma in pace
                stergeti/scoateti .. numarul/ma/mi
                dezabonati/scoateti ma
            """,
            Ground.WRONG_PERSON: "numar/numarul gresit\nati gresit numarul",
            Ground.DECLINE: "nu ma intereseaza\nnu sunt interesat/interesata\n^ nu multumesc $",
            Ground.HELP: "^ ajutor $\n^ cine este/sunteti/esti ..?",
        },
    ),
    _language(
        "cs",
        {
            Ground.KEYWORD: "^ odhlasit/zrusit/prestante/prestan/konec/dost/odhlaste/zruste $\n^ odhlaste mne/me $",
            Ground.REQUEST: """
                neposilejte/nepiste/nekontaktujte/nevolejte/neposilat/nepis .. mi/mne/uz/zadne/me
                uz mi nepiste/neposilejte/nevolejte
                prestante .. psat/posilat/volat/otravovat/s
                nechci .. zpravy/sms/dostavat/zadne
                zadne dalsi zpravy/sms
                vymazte/odstrante/smazte/odhlaste .. me/mne/cislo/moje
                dejte mi pokoj
            """,
            Ground.WRONG_PERSON: "spatne cislo\nomyl $",
            Ground.DECLINE: "nemam zajem\n^ ne dekuji/diky $",
            Ground.HELP: "^ pomoc $\n^ kdo je/jste ..?\n^ kdo to je $",
        },
    ),
    _language(
        "vi",
        {
            Ground.KEYWORD: "^ dung/huy/ngung/thoi/tu $\n^ tu choi $\n^ dung lai $\n^ huy dang? ky $\n^ ngung nhan tin $",
            Ground.REQUEST: """
                dung/ngung/ngừng/thoi/khong/xin .. nhan/gui/goi/lien .. tin/nua/lac/cho
                dung/ngung/thoi nhan/gui tin
                dung lam phien
                khong muon nhan
                xoa so .. toi
                huy dang? ky
            """,
            Ground.WRONG_PERSON: "nham so\nsai so\nnham nguoi",
            Ground.DECLINE: "khong quan tam\n^ khong cam on $",
            Ground.HELP: "^ tro giup $\n^ giup toi? $\n^ ai vay/do/day $",
        },
    ),
    _language(
        "tl",
        {
            Ground.KEYWORD: "^ itigil/tama/tigil/hinto/ihinto $\n^ tama na $\n^ tigil na $\n^ ayoko na $\n^ itigil na $",
            Ground.REQUEST: """
                tama/tigil/itigil/tigilan na .. text/nyo/ninyo/pag/message/ako/mo/po/kaka
                tigilan nyo/ninyo/mo na? ako
                huwag/wag na/kayo/mo/ka .. text/mag/magtext/itext/message/mag/magmessage/istorbo ako/na?
                ayaw/ayoko ko? na? .. text/texts/message/makatanggap/messages/tumanggap
                alisin/tanggalin/burahin/paki .. number/ako/numero/tanggal
            """,
            Ground.WRONG_PERSON: "maling number/numero/tao\nwrong number po",
            Ground.DECLINE: "hindi/di ako/po interesado\ndi interesado",
            Ground.HELP: "^ tulong $\n^ sino to/ito/ka/po ..?",
        },
    ),
    _language(
        "id",
        {
            Ground.KEYWORD: "^ berhenti/stop/batal/hentikan/cukup $\n^ berhenti langganan/berlangganan $",
            Ground.REQUEST: """
                berhenti/hentikan/stop .. sms/pesan/mengirim/kirim/menghubungi/mengganggu
                jangan .. sms/kirim/hubungi/ganggu/wa/pesan .. lagi/saya
                jangan kirim/hubungi/ganggu
                tidak mau .. pesan/sms/menerima
                hapus/keluarkan .. nomor/saya
            """,
            Ground.WRONG_PERSON: "salah nomor/sambung/orang",
            Ground.DECLINE: "tidak/ga/gak/nggak tertarik/berminat/minat",
            Ground.HELP: "^ bantuan/tolong $\n^ siapa ini/kamu/anda ..?\n^ ini siapa $",
        },
    ),
    _language(
        "ht",
        {
            Ground.KEYWORD: "^ sispann/kanpe/rete/sispan $",
            Ground.REQUEST: """
                sispann/kanpe/sispan/rete .. mesaj/voye/ekri/rele/tekste/text
                pa voye/ekri/rele .. mwen/m/mesaj/anko
                retire/efase .. non/nimewo/mwen
                kite m/mwen anpe/trankil
            """,
            Ground.WRONG_PERSON: "move nimewo",
            Ground.DECLINE: "pa enterese",
            Ground.HELP: "^ ed $\n^ kiyes sa/ki ..?",
        },
    ),
    _language(
        "el",
        {
            Ground.KEYWORD: "^ στοπ/διαγραφη/σταματηστε/σταματα/διακοπη/ακυρωση $\n^ διαγραφη παρακαλω $",
            Ground.REQUEST: """
                σταματηστε/σταματα .. μηνυματα/στελνετε/ενοχλειτε
                μη/μην μου? στελνετε/στελνεις/ενοχλειτε/ξαναστειλετε
                δεν θελω .. μηνυματα/λαμβανω/αλλα
                διαγραψτε/αφαιρεστε/διαγραψε
            """,
            Ground.WRONG_PERSON: "λαθος αριθμος/νουμερο/ατομο\nλαθος $",
            Ground.DECLINE: "δεν ενδιαφερομαι/με\nδεν με ενδιαφερει\n^ οχι ευχαριστω $",
            Ground.HELP: "^ βοηθεια $\n^ ποιος ειναι/εισαι ..?",
        },
    ),
    _language(
        "ar",
        {
            Ground.KEYWORD: "^ توقف/ايقاف/إيقاف/الغاء/إلغاء/قف/كفى/اوقف/أوقف/توقفوا/وقف/كفاية/بس $\n^ الغاء/إلغاء الاشتراك/الإشتراك/اشتراك $",
            Ground.REQUEST: """
                لا ترسل/ترسلوا/تراسلني/تراسلوني/تتصل/تزعجني/تزعجوني/اريد/أريد
                توقف/توقفوا/اوقف/أوقف/اوقفوا/أوقفوا/وقفوا/كفوا عن? .. الرسائل/ارسال/إرسال/مراسلتي/إزعاجي/الارسال/الإرسال
                احذف/احذفوا/ازل/امسح/أزل/حذف رقمي/اسمي/من
                الغاء/إلغاء اشتراكي/الاشتراك
                ما ابي/اريد/ابغى .. رسائل
            """,
            Ground.WRONG_PERSON: "رقم/الرقم خطا/غلط/خطأ\nغلطان",
            Ground.DECLINE: "غير مهتم/مهتمة\nلست مهتما/مهتمة\n^ لا شكرا $",
            Ground.HELP: "^ مساعدة/مساعده $\n^ من انت/أنت/هذا/معي/انتم\n^ مين معي/انت",
            Ground.START: "^ اشتراك/ابدا/ابدأ/اشترك $",
        },
    ),
    _language(
        "he",
        {
            Ground.KEYWORD: "^ הסר/הסרה/הסירו/תפסיקו/עצור/די/מספיק/תפסיק/הפסק $\n^ הסר אותי $\n^ תורידו אותי $",
            Ground.REQUEST: """
                תפסיקו/תפסיק/להפסיק/די .. לשלוח/הודעות/לסמס/להטריד/להציק/עם
                אל/לא תשלחו/תשלח/תכתבו/רוצה/תטרידו/מעוניין/מעוניינת .. הודעות/לי/יותר/לקבל
                תורידו/הסירו/תסירו/תמחקו/הסר .. אותי/המספר/מספר/מהרשימה
                עזבו/תעזבו אותי
            """,
            Ground.WRONG_PERSON: "טעות במספר $\nמספר לא נכון\nמספר שגוי\nטעות $",
            Ground.DECLINE: "לא מעוניין/מעוניינת/רלוונטי\n^ לא תודה $",
            Ground.HELP: "^ עזרה $\n^ מי זה/זאת/אתם/אתה ..?",
        },
    ),
    _language(
        "hi",
        {
            Ground.KEYWORD: "^ band karo $\n^ bandh karo $\n^ band kro $\n^ roko $\n^ mat bhejo $\n^ bas karo $",
            Ground.REQUEST: """
                msg/message/messages/sms/text mat karo/bhejo/kro/bhejna/karna
                message/messages/msg/sms/text/texts/ye/yeh .. band/bandh karo/kro/kijiye/karen
                mat karo/bhejo/bhejna message/sms
                mujhe .. mat bhejo/karo/bhejna
                pareshan mat karo
                mera number .. hatao/delete/hata/nikalo
                number hatao/hata
                dobara .. mat
            """,
            Ground.WRONG_PERSON: "galat number",
            Ground.DECLINE: "interest nahi\ninterested nahi\nnahi chahiye",
            Ground.HELP: "^ madad $\n^ kaun hai/ho/hain $\n^ kaun $\naap kaun",
        },
    ),
)
