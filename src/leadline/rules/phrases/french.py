"""What people write in French, without accents; ``n'envoyez`` is two words here."""

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language

LISTS = {
    "MESSAGES": "messages, message, sms, textos, texto, msg, pub, pubs, publicite, publicites, spam, spams, notifications, mails, "
    "appels, contacts, alertes, offres, promos, sollicitations, demarchage, courriels, texts, relances, conneries",
    "ENVOYER": "envoyer, ecrire, contacter, harceler, deranger, embeter, texter, spammer, appeler, solliciter, importuner, "
    "emmerder, relancer, demarcher, envoi, saouler, faire chier",
    "ENVOYEZ": "envoyez, envoie, envoies, ecrivez, ecris, ecrit, contactez, contacte, contactes, harcelez, derangez, derange, "
    "embetez, embete, textez, texte, spammez, appelez, appelle, sollicitez, importunez, emmerdez, relancez, recontactez, demarchez",
    "ARRETEZ": "arretez, arrete, arreter, cessez, cesse, cesser, stoppez, stoppe, stopper, stop, arretes, arret, finissez, suspendez",
    "ME": "me, m, nous, moi",
    "RETIREZ": "retirez, retire, retirer, supprimez, supprime, supprimer, enlevez, enleve, enlever, effacez, efface, effacer, "
    "desinscrivez, desabonnez, desinscris, desabonne, rayez, otez, radiez, oubliez, sortez, suppression, retrait",
    "NUMERO": "numero, num, nom, portable, contact, coordonnees, telephone, donnees, tel, mobile",
    "DESABONNER": "desabonner, desabonnement, desinscrire, desinscription, desabonnez, desinscrivez, desabonne, "
    "desinscrit, desabonne moi, desabonnez moi, desinscris, me desabonner, me desinscrire, resilier",
}

TABLES = {
    Ground.KEYWORD: """
        ^ stop/arret/fin messages/sms/textos/pub $
        ^ arret/arrete/arreter/arretez/stopper/stoppez/desabonner/desabonnement/desinscription/desinscrire/resilier/retirer/supprimer $
        ^ desabonnez/desinscrivez/desabonne/retirez/supprimez/enlevez/effacez moi/nous? $
        ^ plus de MESSAGES $
        ^ ca suffit $
        ^ arretez/arrete ca/tout/cela/maintenant $
        ^ laissez/laisse moi tranquille? $
        ^ stop sms/pub/message/messages $
        ^ DESABONNER $
        ^ annuler abonnement $
    """,
    Ground.WEAK_KEYWORD: """
        ^ fin/annuler/annulez/assez/basta/terminer/quitter/sortir $
    """,
    Ground.REQUEST: """
        ARRETEZ de/d ME? ENVOYER
        ARRETEZ de/d me/nous/m
        ARRETEZ vos/les/ces/tous/tes/l/avec/le/ce .. MESSAGES/harcelement/envoi/envois
        ARRETEZ l/les envoi/envois
        n/ne ME ENVOYEZ plus/pas/jamais/rien/aucun
        n/ne m/me/nous ecrivez/contactez plus/jamais
        ME ENVOYEZ plus
        n/ne ENVOYEZ plus/rien
        plus .. aucun? MESSAGES
        ne plus ME ENVOYER
        ne plus recevoir
        ne veux/souhaite/desire/voulons/souhaitons/veut plus/pas recevoir/etre/de/vos/ces/avoir/que .. MESSAGES/contacte/contactee/contactes/sollicite/derange/textos
        ne? veux/souhaite/desire/voulons/souhaitons plus recevoir/etre/de/vos/ces/avoir/que/entendre/rien
        veux/souhaite/voudrais/aimerais/desire ne? plus recevoir/etre/de
        ne veux/souhaite pas recevoir/etre contacte/ces/vos/de
        pas de MESSAGES $
        plus de MESSAGES
        fichez/foutez/laissez/laisse/fous/fiche moi/nous la/en paix/tranquille/tranquilles
        laissez/laisse moi/nous tranquille/tranquilles
        la paix $
        foutez/fous/fichez le/moi camp
        allez vous faire foutre/voir
        va/allez te/vous faire foutre/voir
        degagez/degage $
        oubliez/perdez/oublie/effacez/efface/supprimez/supprime/perds/jetez mon/ce/ma NUMERO
        pouvez/pourriez/peux/peut/merci/priere/veuillez/faut/demande/vouloir/bien vous/tu/de/d .. arreter/cesser/stopper/desinscrire/desabonner/supprimer/retirer/enlever
        veuillez arreter/cesser/stopper/desinscrire/desabonner/supprimer/retirer/enlever .. MESSAGES/moi/me/mon/de
        merci de ne plus
        veuillez/priere ne/de plus/ne plus?
        prière de ne plus
        ne? plus ME? deranger/contacter/ecrire
        ca suffit
        y en a marre de/des
        assez de/des/vos MESSAGES/vos/ces/tes
        stop aux/a/avec/les/ces/vos/tous MESSAGES/harcelement/spam/pub/vos/ces
    """,
    Ground.REMOVAL: """
        RETIREZ mon/ce/mes/moi/ma/nous NUMERO/de/donnees/coordonnees/des
        RETIREZ moi/nous
        me/m RETIREZ
        RETIREZ .. de/votre votre/la/cette/vos liste/listes/base/fichier/fichiers
        veux/voudrais/souhaite/aimerais/merci/pour/de/veuillez .. me? DESABONNER
        je me DESABONNER
        me DESABONNER
        etre/sois retire/retiree/supprime/supprimee/desinscrit/enleve/raye/desabonne
        sortir/sortez .. de votre/la/cette/vos liste/listes/fichier/fichiers
    """,
    Ground.WITHDRAWAL: """
        retire/revoque/retirer/annule .. mon/tout consentement/autorisation/accord
        ne? consens/autorise/donne/permets pas/plus .. a/mon/que/vous/de/d/$
        pas/sans donne? mon/le/votre consentement/autorisation/accord
        droit d opposition
        bloctel
    """,
    Ground.REPEATED: """
        ai deja/pourtant dit/demande/ecrit/repondu .. stop/d/de/que/arreter/non
        deja dit/demande/ecrit/repondu/envoye stop/d/de/que/arreter/non/plusieurs/deux
        combien de fois
        derniere fois que
        pour la derniere fois
        continuez/continue a/de .. m/me/envoyer/ENVOYER
        pourquoi vous/je/tu continuez/continue/recois
        recois toujours/encore
    """,
    Ground.THREAT: """
        vais/allons .. porter/signaler/bloquer/plainte/denoncer
        porte/porter/portez/depose/deposer plainte
        signale/signaler/signaler/plainte/signalement/signalé .. a/au/cnil/comme la? cnil/33700/police/autorites/spam/arcep
        cnil/33700
        je vous/te signale/bloque/denonce
        c est du harcelement
        harcelement
        bloque/signale $
        mon avocat va/vous
        rgpd
    """,
    Ground.WRONG_PERSON: """
        mauvais/faux/mauvaise numero/personne/destinataire
        vous/tu etes/avez/es/vous/as trompe/trompez/tromper/trompes/fait
        trompe/trompez de numero/personne
        erreur de numero/personne/destinataire
        c est une erreur $
        je ne? suis pas * $
        ne? suis pas la/le/m/mme/monsieur/madame/celui/celle
        pas le bon numero
        il n y a pas de * ici
        y a pas/personne de * ici
        personne de ce nom
        personne ici ne? s appelle
        ce n est pas/plus le? numero
        ce n est pas * $
        connais pas de/cette/ce/personne
        n habite/travaille/vit plus/pas ici/la/a
        est decede/decedee/mort/morte
        ^ qui est * $
    """,
    Ground.DECLINE: """
        pas/plus du? tout? interesse/interessee/interesses $
        pas/plus interesse/interessee/interesses
        ca ne? m/nous interesse pas
        m interesse pas/plus
        aucun interet
        ^ non merci $
        ^ non .. merci $
        n/ne? ai/avons/veux/voulons/souhaite pas/plus besoin/vendre/acheter .. $
        n ai pas/plus besoin
        deja vendu/achete/signe/trouve/choisi/pris/assure/equipe/un/fait
        ai/avons/a vendu/trouve/signe/achete/choisi ailleurs/autre/quelqu/deja/la/ma/notre/mon/un
        signe ailleurs
        change d avis
        une autre fois
        pas pour moi/nous $
        pas maintenant $
        laissez tomber
        sans facon
        n est plus/pas a vendre
        ne cherche/cherchons plus
        je passe $
    """,
    Ground.SOURCE: """
        comment/ou/d/qui .. avez/as/a/avoir/eu/trouve/obtenu .. mon/ce/mes/numero numero/coordonnees/eu?
        qui vous/t a donne/transmis/file
        pourquoi je/vous/tu/m/me .. recois/ecrivez/envoyez/contactez/recevez
        jamais demande/inscrit/donne/autorise/accepte
        ai pas/jamais .. demande/inscrit/donne/autorise
        me suis pas/jamais inscrit/inscrite
        arnaque/arnaqueurs/escroquerie/escrocs/spam $
        c est une/du/un .. arnaque/spam/escroquerie
        vous connais pas
    """,
    Ground.TOO_MUCH: """
        trop de MESSAGES
        moins de MESSAGES
        autant de MESSAGES
        pas de MESSAGES apres/avant/pendant/le/la/au/quand/durant/a
        pas/ne .. apres/avant le? 20h/21h/22h/8h/soir/nuit
        seulement/uniquement par mail/email/telephone
        penible/penibles/lourd/lourds $
    """,
    Ground.ANGER: """
        va/allez te/vous faire/en
        ta gueule
        fermez/ferme la
        connards/connard/cons/salauds/encules/merde
        fait/faites/faire chier
        marre
        ras le bol
        j en ai assez/marre
        vous me saoulez/gonflez/fatiguez/emmerdez/soulez
        penible/penibles/relous/relou/lourds
    """,
    Ground.START: """
        ^ abonner/reabonner/inscription/demarrer/reprendre/commencer/reactiver/abonnement/debut/reinscription/reinscrire/recommencer $
        reabonnez/reinscrivez/reabonner/reinscrire/reinscris moi/me
        me reabonner/reinscrire/abonner/reabonne
        veux/voudrais/souhaite/aimerais .. recevoir nouveau/encore/vos/les/des/a? .. MESSAGES/nouveau
        veux/voudrais/souhaite/aimerais .. recevoir/reabonner/reinscrire .. nouveau
        recommencez/recommencer/reprenez/reprendre a? m/l/les? ENVOYER/envois/envoi/MESSAGES
        vous pouvez recommencer/reprendre/m .. envoyer/ecrire/texter/recontacter nouveau?
        remettez/remets/rajoutez/ajoutez/inscrivez moi .. liste/sms/dans/sur/a
        reactivez/reactiver/activez .. MESSAGES
        envoyez moi .. nouveau
        par erreur .. stop/desabonne/desinscrit/arret
        stop/desabonne/desinscrit/arret par erreur
    """,
    Ground.YES: """
        ^ oui $
    """,
    Ground.HELP: """
        ^ aide/info/infos/secours/aidez/informations/aider moi? $
        ^ besoin d aide $
        aide/infos/informations/info sur/avec/pour/concernant ces/ce/les/vos MESSAGES/service/numero
        ^ qui est/etes/es ce/c/vous/tu/la/a/$
        ^ c est qui $
        ^ vous etes qui $
        qui etes vous
        qui m ecrit/envoie/contacte/parle
        qui .. envoie/ecrit/gere ces/ce/les MESSAGES/numero
        a qui ai/parle/est je/ce/l .. $
        quelle/de entreprise/societe/agence/quelle .. etes/est/vous/c
        c est quoi ce/cette/ces/ca .. $
        qu est ce que c/ces/ce est/numero/messages
        a quel/qui numero/puis/dois/m .. appeler/adresser/joindre/ces/questions
        comment .. vous contacter/joindre
        comment contacter/joindre
    """,
    Ground.ASKING: """
        comment
        puis/peut je/on
        est il possible
        y a t il
        que dois
        est ce que/possible
        ou puis
    """,
    Ground.OBJECT: """
        le/la/les/l/un/une
    """,
    Ground.LIMIT: """
        apres/avant/pendant/quand/durant/tant/autant/aujourd/si/aussi/sauf/lorsque/tard/tot
        le soir/week/dimanche/weekend/matin
        la nuit
        au travail/boulot
        a cette/ces heure/heures
    """,
    Ground.ORDINARY: """
        je passe juste/a/chez/vers/demain/par/vous/au
        n/ne arretez/arrete/annulez/annule/supprimez/retirez/enlevez pas/rien
        arret/arrets de/du bus/tram/metro/train
        s arrete/arretent/arreter/arretera
        fin de/du/mai/juin/juillet/aout/mars/avril/janvier/fevrier/septembre/octobre/novembre/decembre/des
        en fin
        a la/sans fin
        annuler/annulez/annule le/la/mon/ma/notre/l/les/ce rendez/rdv/visite/reservation/commande/contrat/rendez/essai
        retirez/retirer/supprimez/supprimer/enlevez/enlever le/la/les/l/un/une/cette/ce .. arbre/option/photo/porte/pack/assurance/clause/frais/ligne/moquette/tapis/abri
        arreter/arrete/arretez de fumer/travailler/payer/louer/pleuvoir
        ne ME? appelez pas/plus .. sms/message/textos/ecrivez
        pas d appel/appels .. sms/message/ecrivez
        resilier mon/mon/le/l .. contrat/bail/assurance/abonnement
        suis pas contre/sur/sure/disponible/libre/la/encore/d/presse/chez/loin/au/en
        pas trop/mal/grave/de probleme/souci
        qui est le/la/l/notre/mon .. agent/proprietaire/notaire/responsable
        pouvez/peux vous/tu m/me/nous aider
        c est quoi/qui le/la/l/votre/ton .. prix/adresse/agent/notaire
    """,
}

FRENCH = Language("fr", LISTS, TABLES)
