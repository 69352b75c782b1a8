"""What people write in Portuguese, without accents."""

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language

LISTS = {
    "MENSAGENS": "mensagens, mensagem, msg, msgs, sms, textos, texto, spam, propaganda, propagandas, publicidade, notificacoes, "
    "promocoes, ligacoes, anuncios, avisos, alertas, emails, ofertas, torpedos, message, messages, mensagen",
    "ENVIAR": "enviar, mandar, mandarem, enviarem, escrever, perturbar, incomodar, encher, contatar, contactar, ligar, me enviar, "
    "me mandar, me perturbar, me incomodar, me encher, me escrever, me contatar, me contactar, me ligar, enviando, mandando, "
    "mandar me, enviar me, contactar me, incomodar me, chatear, me chatear, spammar, escrever me, importunar, me procurar",
    "ENVIEM": "enviem, envie, mandem, mande, manda, escrevam, escreva, perturbem, perturbe, incomodem, incomode, contatem, contate, "
    "contactem, contacte, liguem, ligue, procurem, chateiem, encham, importunem, escreve, liga, envia",
    "PAREM": "parem, pare, para, parar, deixem, deixe, deixa, chega, cessem, quero parar, favor parar, cancelem, suspendam, deixar",
    "REMOVAM": "remova, removam, remover, retire, retirem, retirar, tire, tirem, tira, tirar, exclua, excluam, excluir, apague, "
    "apaguem, apagar, elimine, eliminem, eliminar, deletem, delete, deletar, remove, descadastre, descadastrem, descadastrar, exclui, risquem",
}

TABLES = {
    Ground.KEYWORD: """
        ^ parar/pare/parem/cancelar/sem/chega mensagens/mensagem/sms/msg $
        ^ pare/parar/parem/sair/cancelar/remover/descadastrar/descadastre/descadastra/desinscrever/desinscreva/descadastro/excluir/encerrar/retirar/desativar $
        ^ chega $
        ^ pare/parem/para com isso $
        ^ nao quero mais $
        ^ nao mais $
        ^ me REMOVAM $
        ^ cancelar inscricao/subscricao/assinatura/tudo/mensagens $
        ^ anular inscricao/subscricao $
        ^ stop msg/mensagens $
    """,
    Ground.WEAK_KEYWORD: """
        ^ cancela/cancele/cancelem/fim/para/basta/terminar $
    """,
    Ground.REQUEST: """
        PAREM de? ME? ENVIAR
        PAREM de? ENVIAR
        PAREM com/de/as/os essas/estas/as/os/esses/tantas/essa .. MENSAGENS
        PAREM as/com/de MENSAGENS
        cancelar/cancelem as? MENSAGENS
        nao me? ENVIEM mais/nada/MENSAGENS/nunca
        nao ENVIEM mais/nada/MENSAGENS/me
        nunca mais me? ENVIEM
        nao/nunca me ENVIEM $
        nao me contate/contatem/contacte/contactem/perturbe/perturbem/incomode/incomodem/escreva/escrevam/chateiem/importune
        nao quero/desejo/gostaria/queremos/pretendo mais? de? receber/seus/suas/essas/mais/nada? .. MENSAGENS
        nao quero/desejo/pretendo mais? receber mais/isso/nada?
        nao quero mais MENSAGENS/saber/contato/contacto/nada
        nao quero que me? ENVIEM
        nao mandar/enviar mais
        sem mais MENSAGENS
        sem MENSAGENS
        chega de MENSAGENS/tanta/tantas/spam/isso
        mais nenhuma MENSAGENS
        quero/gostaria/desejo de? parar/deixar de receber
        me deixe/deixem/deixa em? paz/quieto/quieta
        deixe/deixem/deixa me? em paz
        me deixa em paz
        esquece/esqueca/esquecam o? meu/este/esse numero/telefone
        vai/vao a/se/para/tomar/pra merda/foder/puta/caralho/no
        vao/vai se/te foder/catar/lascar
        podem/pode/poderia/poderiam/favor/quero/gostaria que? parar/parem/parassem/deixar de/com/$
    """,
    Ground.REMOVAL: """
        REMOVAM o? meu/esse/este/meus numero/telefone/contato/contacto/nome/dados/cadastro/numer/celular
        REMOVAM meu/esse/este/o .. lista/cadastro/base/sistema
        me REMOVAM
        REMOVAM me
        REMOVAM da/desta/dessa/de/do sua/vossa? lista
        quero/desejo/gostaria/favor/pode/podem .. me? descadastrar/desinscrever/desinscrever/remover/removam/removido/removida
        cancelar/cancelem/cancele/anular a/minha? inscricao/subscricao/assinatura/cadastro
        cancelar/cancelem/cancele a/minha inscricao/subscricao/assinatura
        sair da/desta/dessa sua/vossa? lista
        descadastrar/descadastre/descadastrem/desinscrever me/meu/esse/este
        me descadastre/descadastra/descadastrem/desinscreva/inscreva
        quero/gostaria/desejo de? sair da/desta/disso
    """,
    Ground.WITHDRAWAL: """
        retiro/revogo/retirar/revogar/cancelo o/meu/a/minha/todo consentimento/autorizacao/permissao/meu
        nao dou/dei/tem/autorizo/autorizei/consinto/autorizamos permissao/autorizacao/consentimento/o/a/que/contato
        nao autorizo/consinto/autorizei
    """,
    Ground.REPEATED: """
        ja pedi/disse/falei/mandei/solicitei/avisei .. para/pra/que/nao/parar/pararem/parem/sair/pare/remover
        quantas vezes
        pela ultima vez
        continuam/continua/continuo mandando/enviando/recebendo/a
        por que/q ainda/continuo/continuam
    """,
    Ground.THREAT: """
        vou .. denunciar/processar/bloquear/reportar
        denunciar/denunciarei/denunciando/processar voces/isso/vcs/este/esse/na/ao/no
        denunciado/bloqueado/bloqueados/denunciados $
        reclamacao/reclamar/denuncia ao/na/no/a procon/anatel/anacom/policia/deco/anpd
        lgpd/procon/anatel
        isso/isto e assedio/crime
        assedio
        meu advogado vai/entrara
    """,
    Ground.WRONG_PERSON: """
        numero/pessoa/contato/contacto/telefone errado/errada/incorreto
        foi engano
        e engano
        engano $
        nao sou * $
        nao sou o/a/essa/esse/quem/mais
        aqui nao tem/mora/e/ha/vive
        nao mora/trabalha/vive aqui/mais
        nao conheco/tem nenhum/nenhuma/ninguem/esse/essa/esta/este/ninguem
        nao tem ninguem
        este/esse numero/telefone nao e/pertence/mais
        este/esse nao e o numero/telefone
        nao e mais? o numero/telefone/dele/dela
        faleceu/morreu
        ^ quem e * $
        enganou se
        voce/vc ligou/mandou errado
        errou o? numero
    """,
    Ground.DECLINE: """
        nao tenho/temos/ha mais? interesse
        nao estou/estamos mais? interessado/interessada/interessados
        sem interesse
        nao .. me? interessa
        ^ nao obrigado/obrigada/obg/valeu $
        nao quero $
        nao quero/preciso/precisamos/desejo vender/comprar/nada/disso/de/mais
        ja vendi/comprei/tenho/encontrei/fechei/assinei/vendemos/compramos/contratei/fechamos/assinamos
        mudei de ideia
        agora nao $
        nao esta a venda
        nao preciso/precisamos mais?
        fica para proxima
    """,
    Ground.SOURCE: """
        como/onde/quem .. conseguiu/conseguiram/obteve/obtiveram/tem/pegou/pegaram/deu/passou/arranjou/arranjaram/tens/arranjaste .. meu/numero/contato/contacto
        quem .. deu/passou meu/o/esse
        por que/q estou/estao/voces/vcs/me/recebo/estas .. recebendo/mandando/enviando/mensagens/receber/mandam/enviar
        porque estou/estao/voces/me/recebo
        nunca .. me? inscrevi/cadastrei/autorizei/pedi/solicitei/subscrevi
        nao .. me? inscrevi/cadastrei/solicitei/pedi/subscrevi
        isso/isto/e um? golpe/spam/fraude/burla
        golpe/golpistas/spam/fraude/burla $
    """,
    Ground.TOO_MUCH: """
        muitas/tantas/menos/demais/demasiadas MENSAGENS
        nao ENVIEM/me .. tao/tantas/depois/antes/durante/a/de/enquanto/aos/no/a .. cedo/tarde/noite/trabalho/domingo/domingos/22h/20h/mensagens/semana/frequencia
        so/apenas por email/telefone
    """,
    Ground.ANGER: """
        vai/vao se/te/a/tomar/para foder/merda/puta
        foda/fodam se
        farto/farta/cansado/cansada/cheio/saco de/com/cheio
        enchendo o saco
        que saco
        encheram o saco
        idiotas/otarios/chatos/malditos
        cala a boca
    """,
    Ground.START: """
        ^ iniciar/comecar/inscrever/assinar/voltar/retomar/reativar/recomecar/reinscrever/subscrever/ativar/continuar $
        quero/gostaria/desejo/pode/podem/favor de? voltar/voltarem a? receber/me/mandar/enviar/ENVIAR?
        quero/gostaria/desejo/pode/podem receber .. novamente/MENSAGENS de/novo?
        voltem/volte/volta/voltar a? me? ENVIAR
        me? inscreva/inscrevam/cadastre/cadastrem/readicione/adicione/coloque me/novamente/de/na?
        podem/pode .. enviar/mandar de? novamente/novo
        mandem/mande/enviem/envie .. de novo
        mandem/mande/enviem/envie .. novamente
        reative/reativem/reativar/retomem/retomar/ative .. MENSAGENS
        cancelei/parei/sai/pare/stop .. por? engano/sem
        por engano .. cancelei/parei/sair/pare/stop/sai
        sem querer .. cancelei/sair/pare/stop/sai
        quero/gostaria me inscrever/cadastrar
    """,
    Ground.YES: """
        ^ sim $
    """,
    Ground.HELP: """
        ^ ajuda/socorro/informacoes/informacao/ajudem $
        ^ preciso de ajuda $
        ajuda com/sobre estas/essas/as/este/esse MENSAGENS/servico/numero
        ^ quem e/fala/esta/sao/es voce/vc/voces/$/isso/esse/este/ai/falando/vcs/tu $?
        quem esta me? mandando/enviando/a/escrevendo
        quem e voce/vc
        quem sao voces/vcs
        com quem falo/estou
        qual/que empresa e/esta/sao/voces/essa
        de qual/que empresa
        o que e isso/isto/este/esse
        que numero/servico e este/esse
        para onde/qual numero/ligo .. sobre/duvidas
        como .. falo/contato/entro .. com voces/suporte/atendimento
    """,
    Ground.ASKING: """
        como faco/posso/eu/se/paro/cancelo/fazer
        como
        tem como
        posso
        da para/pra
        existe
        e possivel
    """,
    Ground.OBJECT: """
        o/a/os/as/um/uma
    """,
    Ground.LIMIT: """
        depois/antes/durante/enquanto/ate/quando/tao/tantas/hoje/agora/aos
        a noite
        no trabalho/fim
        de madrugada/noite/manha
        neste horario
        a essa/esta hora
    """,
    Ground.ORDINARY: """
        nao pare/parem/cancele/cancelem/remova/removam/tire/tirem/deixe/deixem
        nao quero sair/parar/cancelar
        cancelar o/a/meu/minha .. visita/reuniao/consulta/pedido/reserva/contrato/agendamento/seguro/test/compromisso
        eu/onibus/la/ele/carro/ai/aqui/quando/se paro/para/pare/parou/parar
        para o/a/os/as/mim/voce/que/quando/meu/minha/ver/amanha/hoje/comprar/fazer/la
        sair de/do/cedo/tarde/para/com/as/mais/hoje/amanha/do/da .. casa/trabalho/aqui
        fim de/da/do/semana
        tirar/tire/remova/remover/retirar/excluir o/a/os/as/esse/essa/um/uma .. item/arvore/porta/seguro/foto/taxa/acessorio/tapete/clausula/parede
        tirar uma duvida/foto/medidas
        nao me ligue/liguem .. mensagem/mande/whatsapp/texto/escreva
        me ajuda/ajude/ajudar a/com
        quem e o/a/que .. corretor/dono/responsavel/proprietario
        o que e o/a
        nao sou de/muito/contra
    """,
}

PORTUGUESE = Language("pt", LISTS, TABLES)
